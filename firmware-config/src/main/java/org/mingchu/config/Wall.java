package org.mingchu.config;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a kitchen has to show the public beside what is measured, and the papers that run out.
 * Immutable.
 *
 * @param phone for complaints, of the kitchen or its operator
 * @param form the supervision platform's page for complaints; the wall shows it as a QR code
 * @param byHand control points that are kept in a paper log
 */
public record Wall(
        Optional<String> phone,
        Optional<URI> form,
        Optional<Inspection> inspection,
        List<Paper> papers,
        List<ControlPoint> byHand,
        List<Certificate> certificates,
        List<HealthCertificate> staff) {
    /** Nothing hangs on it but what is measured. */
    public static final Wall NONE =
            new Wall(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    public Wall {
        papers = List.copyOf(papers);
        byHand = List.copyOf(byHand);
        certificates = List.copyOf(certificates);
        staff = List.copyOf(staff);
    }

    /** The last inspection, in the inspector's own word. */
    public record Inspection(LocalDate date, String result, Optional<String> by) {}

    /**
     * A licence or certificate that runs out.
     *
     * @param validTo the last day on which it holds, in the kitchen's zone
     */
    public record Certificate(String id, String name, Optional<String> number, LocalDate validTo) {}

    /**
     * A health certificate of somebody who touches food that is ready to eat. Never an ID number.
     *
     * @param consent whether the surname may be shown
     */
    public record HealthCertificate(
            String surname, String job, LocalDate validTo, Consent consent) {}

    /** Whether somebody agrees to be named in public. */
    public enum Consent {
        GIVEN,
        NOT_GIVEN
    }

    /** What food safety hangs on and no probe measures by itself. */
    public enum ControlPoint {
        RECEIVING("receiving"),
        COOKING("cooking"),
        SAMPLES("samples"),
        DISINFECTION("disinfection"),
        DISPATCH("dispatch"),
        MORNING_CHECK("morning-check"),
        CLEANING("cleaning");

        private final String word;

        ControlPoint(String word) {
            this.word = word;
        }

        /** The word that files and pages use. */
        public String word() {
            return word;
        }
    }
}
