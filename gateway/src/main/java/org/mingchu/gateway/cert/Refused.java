package org.mingchu.gateway.cert;

/** Something that is not done; the message is one line, with what is wrong and the remedy. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String wrong, String remedy) {
        super(wrong + "; " + remedy);
    }
}
