package org.mingchu.sensors;

import org.mingchu.config.Broker;
import org.mingchu.config.Camera;
import org.mingchu.config.Coap;
import org.mingchu.config.Gb28181;
import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.config.Video;
import org.mingchu.sensors.camera.sip.Registrar;
import org.mingchu.sensors.camera.sip.RegistrarSettings;
import org.mingchu.sensors.camera.sip.SipDevice;
import org.mingchu.sensors.coap.CoapDoor;
import org.mingchu.sensors.coap.CoapPoll;
import org.mingchu.sensors.coap.CoapSensor;
import org.mingchu.sensors.coap.CoapSettings;
import org.mingchu.sensors.coap.Polled;
import org.mingchu.sensors.coap.ProbeKeys;
import org.mingchu.sensors.mqtt.KitchenBroker;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The senses that are not asked: radio probes that report by CoAP, those on the kitchen's own
 * broker, and cameras that register. Probes are answered only after what they said is kept. {@link
 * #start} once; any thread.
 */
public final class Probes implements AutoCloseable {
    private final Optional<CoapDoor> door;
    private final Optional<KitchenBroker> broker;
    private final Optional<CoapPoll> poll;
    private final Optional<Registrar> registrar;
    private final ProbeKeys keys;

    /**
     * What comes in by the door.
     *
     * @param standing flags that every reading carries
     * @param keys of the probes that report by CoAP
     * @param chance for keys and nonces
     */
    public record World(
            Set<Flag> standing, ProbeKeys keys, Intake intake, Clock clock, SecureRandom chance) {
        public World {
            standing = Set.copyOf(standing);
        }
    }

    /** Opens nothing before {@link #start}. */
    public Probes(Plan plan, Secrets secrets, World world) {
        keys = world.keys;
        door = plan.site().coap().map(coap -> door(coap, plan, secrets, world));
        poll =
                plan.site()
                        .coap()
                        .filter(coap -> !coap.asked().isEmpty())
                        .map(coap -> poll(coap, plan, world));
        broker = plan.site().broker().map(at -> broker(at, plan, secrets, world));
        registrar =
                plan.site()
                        .video()
                        .door()
                        .map(at -> registrar(at, plan.site().video(), secrets, world));
    }

    private static CoapDoor door(Coap coap, Plan plan, Secrets secrets, World world) {
        var sensors = coap(plan, world, sensor -> !isAsked(coap, sensor));
        var settings =
                new CoapSettings(
                        address(coap.listen()),
                        coap.plain().map(Probes::address),
                        coap.credentials().flatMap(secrets::named).flatMap(Probes::certificates));
        return new CoapDoor(settings, sensors, world.keys, world.intake, world.clock, world.chance);
    }

    private static CoapPoll poll(Coap coap, Plan plan, World world) {
        var polled =
                coap.asked().stream()
                        .map(a -> new Polled(a.identity(), a.url(), manner(a)))
                        .toList();
        return new CoapPoll(
                coap(plan, world, sensor -> isAsked(coap, sensor)),
                polled,
                world.keys,
                world.intake,
                world.clock);
    }

    private static Polled.Manner manner(Coap.Asked asked) {
        return asked.every()
                .<Polled.Manner>map(Polled.Manner.Every::new)
                .orElseGet(Polled.Manner.Observe::new);
    }

    private static List<CoapSensor> coap(Plan plan, World world, Predicate<SensorPlan> which) {
        return heard(plan, Source.Coap.class).stream()
                .filter(which)
                .map(sensor -> new CoapSensor(sensor, correction(sensor, plan, world)))
                .toList();
    }

    /** Whether its probe is a server itself, so that it does not come to the door. */
    private static boolean isAsked(Coap coap, SensorPlan sensor) {
        return sensor.source() instanceof Source.Coap(var identity, _)
                && coap.asked().stream().anyMatch(a -> a.identity().equals(identity));
    }

    private static Optional<CoapSettings.Certificates> certificates(Secrets.Secret secret) {
        return secret.certificate()
                .flatMap(own ->
                        secret.key()
                                .flatMap(key ->
                                        secret.ca()
                                                .map(ca ->
                                                        new CoapSettings.Certificates(
                                                                own, key, ca))));
    }

    private static KitchenBroker broker(Broker at, Plan plan, Secrets secrets, World world) {
        var probes =
                heard(plan, Source.Mqtt.class).stream()
                        .map(sensor ->
                                new KitchenBroker.Probe(sensor, correction(sensor, plan, world)))
                        .toList();
        var identity = plan.site().identity();
        return new KitchenBroker(
                at,
                at.credentials().flatMap(secrets::named).orElse(Secrets.Secret.NONE),
                "mingchu-" + identity.site() + "-" + identity.gateway(),
                probes,
                world.intake,
                world.clock,
                plan.site().timeZone(),
                world.chance);
    }

    private static Registrar registrar(Gb28181.Door at, Video video, Secrets secrets, World world) {
        var devices = video.cameras().stream().flatMap(c -> device(c, secrets).stream()).toList();
        return new Registrar(
                RegistrarSettings.of(address(at.listen()), at.server()).withRealm(at.realm()),
                devices,
                world.clock,
                world.chance);
    }

    private static Optional<SipDevice> device(Camera camera, Secrets secrets) {
        var password = camera.registers().flatMap(secrets::named).flatMap(Secrets.Secret::password);
        return camera.gb28181()
                .flatMap(gb ->
                        password.map(p ->
                                new SipDevice(
                                        camera.id(),
                                        gb.device(),
                                        p,
                                        gb.heartbeat(),
                                        gb.misses().stream().boxed().findFirst())));
    }

    private static List<SensorPlan> heard(Plan plan, Class<? extends Source> by) {
        return plan.site().units().stream()
                .flatMap(unit -> unit.sensors().stream())
                .filter(sensor -> by.isInstance(sensor.source()))
                .toList();
    }

    private static Correction correction(SensorPlan sensor, Plan plan, World world) {
        return new Correction(
                sensor.calibration(), world.standing, world.clock, plan.site().timeZone());
    }

    private static InetSocketAddress address(HostPort at) {
        return new InetSocketAddress(at.host().replaceAll("[\\[\\]]", ""), at.port());
    }

    public void start() {
        door.ifPresent(CoapDoor::start);
        poll.ifPresent(CoapPoll::start);
        broker.ifPresent(KitchenBroker::start);
        registrar.ifPresent(Registrar::start);
    }

    /** Where probes report by CoAP, if they may. */
    public Optional<CoapDoor> door() {
        return door;
    }

    /** Whose keys are in force, and whose have ended. */
    public ProbeKeys keys() {
        return keys;
    }

    /** The kitchen's own broker, if the site has one. */
    public Optional<KitchenBroker> broker() {
        return broker;
    }

    /** Where cameras register, if they may. */
    public Optional<Registrar> registrar() {
        return registrar;
    }

    @Override
    public void close() {
        poll.ifPresent(CoapPoll::close);
        door.ifPresent(CoapDoor::close);
        broker.ifPresent(KitchenBroker::close);
        registrar.ifPresent(Registrar::close);
    }
}
