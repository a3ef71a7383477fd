#!/usr/bin/python3
"""A real RTSP camera made of GStreamer, on 127.0.0.1, with digest authentication.

usage: rtsp-camera.py USER PASSWORD

Prints "port N" when it is ready and serves rtsp://127.0.0.1:N/stream2 until its standard
input ends. Debian packages: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-base
gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly (x264; without it the picture is JPEG).
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

user, password = sys.argv[1:3]
Gst.init(None)


def pipeline():
    """A moving test picture, by the encoder that is there."""
    source = "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=5/1"
    if Gst.ElementFactory.find("x264enc"):
        return f"( {source} ! x264enc tune=zerolatency ! rtph264pay name=pay0 pt=96 )"
    return f"( {source} ! jpegenc ! rtpjpegpay name=pay0 pt=26 )"


server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")

auth = GstRtspServer.RTSPAuth()
auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
token = GstRtspServer.RTSPToken()
token.set_string("media.factory.role", "viewer")
auth.add_digest(user, password, token)
server.set_auth(auth)

factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(pipeline())
factory.set_shared(True)
permissions = GstRtspServer.RTSPPermissions()
permissions.add_permission_for_role("viewer", "media.factory.access", True)
permissions.add_permission_for_role("viewer", "media.factory.construct", True)
factory.set_permissions(permissions)
server.get_mount_points().add_factory("/stream2", factory)
server.attach(None)

loop = GLib.MainLoop()


def ended(*_):
    loop.quit()
    return False


GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_HUP | GLib.IO_IN, ended)
print("port", server.get_bound_port(), flush=True)
loop.run()
