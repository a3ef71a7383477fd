package org.mingchu.gateway.tend;

/** What the process says when it ends; those of the contract's numbers that this version uses. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int CHECK_FAILED = 1;
    public static final int USAGE = 2;
    public static final int CONFIGURATION_INVALID = 3;

    /** There is no board, or nothing answers on it. */
    public static final int DEVICE_UNREACHABLE = 4;

    /** No agent runs that could be asked. */
    public static final int NOT_RUNNING = 6;

    public static final int INTERNAL = 70;
    public static final int STATE_IN_USE = 71;

    /**
     * {@code run} has no site file that it can follow: EX_CONFIG of sysexits.h. Not 3, with which
     * the virtual machine ends when its memory is used up: that one is to be started again.
     */
    public static final int NO_PLAN = 78;

    private ExitCode() {}
}
