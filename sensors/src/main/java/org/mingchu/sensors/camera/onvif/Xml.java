package org.mingchu.sensors.camera.onvif;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One element of a small document: no document types, no entities, few levels. Names are compared
 * without their prefix and without regard to case, because firmwares write both as they like.
 * Immutable.
 *
 * @param text what stands directly in it, stripped
 */
record Xml(String name, Map<String, String> attributes, String text, List<Xml> children) {
    /** A SOAP answer has some ten. */
    static final int DEPTH_MAX = 32;

    /** The tracks of 64 channels with all their words have some thousand. */
    static final int ELEMENTS_MAX = 20_000;

    Xml {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** The root; none when the bytes are no XML, or more of it than anybody needs. */
    static Optional<Xml> read(byte[] document) {
        try {
            var reader = factory().createXMLStreamReader(new StringReader(Encoding.text(document)));
            return new Reading(reader).root();
        } catch (XMLStreamException | RuntimeException e) {
            // Java's reader throws more than it declares; all of it means: no XML
            return Optional.empty();
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The first element of that name in it, at any depth. */
    Optional<Xml> find(String wanted) {
        return all(wanted).findFirst();
    }

    /** All elements of that name in it, itself included, in order. */
    Stream<Xml> all(String wanted) {
        var below = children.stream().flatMap(c -> c.all(wanted));
        return name.equalsIgnoreCase(wanted) ? Stream.concat(Stream.of(this), below) : below;
    }

    /** What stands in the first element of that name; none when nothing does. */
    Optional<String> word(String wanted) {
        return all(wanted).map(Xml::text).filter(t -> !t.isEmpty()).findFirst();
    }

    /** The same as a whole number; none when it is no number. */
    Optional<Long> number(String wanted) {
        return word(wanted).filter(t -> t.matches("-?[0-9]{1,18}")).map(Long::valueOf);
    }

    Optional<String> attribute(String wanted) {
        return Optional.ofNullable(attributes.get(wanted));
    }

    /** Collects elements until the root is closed. One thread. */
    private static final class Reading {
        private final XMLStreamReader reader;
        private final Deque<Open> open = new ArrayDeque<>();
        private int elements;

        private record Open(
                String name, Map<String, String> attributes, StringBuilder text, List<Xml> inside) {
            Xml closed() {
                return new Xml(name, attributes, text.toString().strip(), inside);
            }
        }

        Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        Optional<Xml> root() throws XMLStreamException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                        return Optional.empty();
                    }
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++elements > ELEMENTS_MAX || open.size() == DEPTH_MAX) {
                            return Optional.empty();
                        }
                        open.push(opened());
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
                    case XMLStreamConstants.END_ELEMENT -> {
                        var closed = open.pop().closed();
                        if (open.isEmpty()) {
                            return Optional.of(closed);
                        }
                        open.element().inside.add(closed);
                    }
                    default -> {
                        // comments and instructions say nothing
                    }
                }
            }
            return Optional.empty();
        }

        private void text() {
            if (!open.isEmpty()) {
                open.element().text.append(reader.getText());
            }
        }

        private Open opened() {
            var attributes = new HashMap<String, String>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            return new Open(
                    reader.getLocalName(), attributes, new StringBuilder(), new ArrayList<>());
        }
    }
}
