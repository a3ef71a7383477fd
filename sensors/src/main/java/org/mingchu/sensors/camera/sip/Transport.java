package org.mingchu.sensors.camera.sip;

/** How SIP travels. Immutable. */
public enum Transport {
    UDP,
    /** The 2022 edition asks for it behind NAT; the camera keeps its connection open. */
    TCP
}
