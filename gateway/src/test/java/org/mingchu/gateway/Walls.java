package org.mingchu.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The walls of the house as rules, one place for each; {@link HouseTest} holds the code to them.
 */
final class Walls {
    private static final String HOUSE = "org.mingchu.gateway";
    private static final String SENSES = "org.mingchu.sensors";
    private static final String PLAN = "org.mingchu.config";
    private static final String WEATHER = "org.mingchu.simulator";

    private Walls() {}

    /** A library has one room. */
    static List<ArchRule> libraries() {
        return List.of(
                only("org.tomlj..", PLAN),
                only("com.pi4j..", SENSES + ".pi"),
                only("org.eclipse.californium..", SENSES + ".coap"),
                only("javax.imageio..", SENSES + ".camera.picture"),
                only("java.sql..", HOUSE + ".keep.."),
                only("org.sqlite..", HOUSE + ".keep.."),
                only("org.eclipse.paho..", HOUSE + ".tell", SENSES + ".mqtt"),
                only("com.sun.net.httpserver..", HOUSE + ".show"),
                only("javax.naming..", HOUSE + ".cert"),
                only("org.apache.pdfbox..", HOUSE + ".show.paper"),
                only("org.apache.fontbox..", HOUSE + ".show.paper"),
                only("picocli..", HOUSE + ".tend"),
                only("io.nayuki..", HOUSE + ".tend"),
                only("de.siegmar..", HOUSE + ".tend.series"));
    }

    /** Only one class names Pi4J. */
    static ArchRule pi4j() {
        return noClasses()
                .that(
                        resideInAPackage(SENSES + ".pi")
                                .and(DescribedPredicate.not(outermost("PiBoard"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.pi4j..")
                .because("the board can then be changed in one file");
    }

    /** The rooms of the house see the judge's records and never each other. */
    static List<ArchRule> rooms() {
        return Stream.of("keep", "tell", "show", "desk", "doctor", "cert")
                .map(Walls::room)
                .toList();
    }

    private static ArchRule room(String room) {
        var own = resideInAnyPackage(HOUSE + "." + room + "..", HOUSE + ".judge");
        return noClasses()
                .that()
                .resideInAPackage(HOUSE + "." + room + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(HOUSE + "..").and(DescribedPredicate.not(own)))
                .because("Main hands verbs in");
    }

    /** What is shipped a second time, as a jar that needs only a JRE. */
    static ArchRule proof() {
        return noClasses()
                .that()
                .resideInAnyPackage(HOUSE + ".keep.proof", HOUSE + ".keep.cbor")
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.not(
                                resideInAnyPackage(
                                        HOUSE + ".keep.proof",
                                        HOUSE + ".keep.cbor",
                                        "java..",
                                        "org.jspecify.annotations")))
                .because("a regulator runs it with nothing else");
    }

    /** The judge sees values of the plan and the senses, and nothing that acts. */
    static ArchRule judge() {
        return noClasses()
                .that()
                .resideInAPackage(HOUSE + ".judge")
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.not(
                                resideInAnyPackage(
                                        HOUSE + ".judge",
                                        PLAN,
                                        SENSES,
                                        "java.lang",
                                        "java.lang.annotation",
                                        "java.lang.invoke",
                                        "java.lang.runtime",
                                        "java.math",
                                        "java.nio",
                                        "java.nio.charset",
                                        "java.security",
                                        "java.time..",
                                        "java.util",
                                        "java.util.function",
                                        "java.util.stream",
                                        "org.jspecify.annotations")))
                .because("judging is a pure function and can be done again years later");
    }

    /** The plan is the leaf, the weather knows nobody, the senses do not know the house. */
    static List<ArchRule> modules() {
        return List.of(
                nobodyOf(PLAN + "..", SENSES + "..", HOUSE + "..", WEATHER + ".."),
                nobodyOf(WEATHER + "..", PLAN + "..", SENSES + "..", HOUSE + ".."),
                nobodyOf(SENSES + "..", HOUSE + "..", WEATHER + ".."),
                nobodyOf(HOUSE + "..", WEATHER + ".."));
    }

    /** No room depends on itself through another. */
    static ArchRule cycles() {
        return slices().matching("org.mingchu.(*).(*)..").should().beFreeOfCycles();
    }

    /** Time and chance come in by the door. */
    static ArchRule timeAndChance() {
        return noClasses()
                .that(
                        resideInAnyPackage(HOUSE + "..", SENSES + "..", PLAN + "..")
                                .and(DescribedPredicate.not(outermost("Main"))))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callConstructor(Random.class)
                .because("the middle can then be run as a film, from a seed");
    }

    /** Every server of HTTP has the same limits. */
    static ArchRule servers() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.mingchu.gateway.show.Web")
                .should()
                .callMethod(HttpServer.class, "create", InetSocketAddress.class, int.class)
                .orShould()
                .callMethod(HttpServer.class, "create")
                .because("the JDK reads its limits once, before the first one is made");
    }

    private static ArchRule only(String library, String... rooms) {
        return noClasses()
                .that()
                .resideInAPackage("org.mingchu..")
                .and()
                .resideOutsideOfPackages(
                        Stream.concat(Arrays.stream(rooms), Stream.of(WEATHER + ".."))
                                .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("only " + String.join(" and ", rooms) + " may know it");
    }

    private static ArchRule nobodyOf(String who, String... whom) {
        return noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(whom)
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> outermost(String name) {
        return simpleName(name)
                .or(
                        DescribedPredicate.describe(
                                "inside " + name, c -> c.getName().contains("." + name + "$")));
    }
}
