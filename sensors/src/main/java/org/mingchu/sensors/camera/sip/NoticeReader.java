package org.mingchu.sensors.camera.sip;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads MANSCDP bodies. No document type, no entities, bounded depth; the message's own cap bounds
 * the rest. One thread.
 */
final class NoticeReader {
    static final int DEPTH_MAX = 8;

    /** A recorder has at most so many channels at once out of order that we name. */
    static final int FAULTY_MAX = 64;

    /** Holds all of GB 2312 and GBK; the field declares GB2312 and writes GBK. */
    private static final Charset CHINESE = Charset.forName("GB18030");

    private static final Pattern DECLARED =
            Pattern.compile("(?i)(?:encoding|charset)\\s*=\\s*[\"']?([\\w-]{1,20})");

    private static final Pattern DECLARATION = Pattern.compile("^\\s*<\\?xml[^>]{0,200}\\?>");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

    NoticeReader() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((_, _, _, _) -> new ByteArrayInputStream(new byte[0]));
    }

    /**
     * Reads one body.
     *
     * @param body one character for each byte
     * @return empty if it is no such body
     */
    Optional<Notice> read(String body, String contentType) {
        var text = decoded(body, contentType);
        if (text.contains("<!DOCTYPE")) {
            return Optional.empty();
        }
        try {
            var bare = DECLARATION.matcher(text).replaceFirst("");
            return read(factory.createXMLStreamReader(new StringReader(bare.strip())));
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String body, String contentType) {
        var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        var declared = DECLARED.matcher(body.substring(0, Math.min(body.length(), 200)));
        var said = DECLARED.matcher(contentType);
        var name = declared.find() ? declared.group(1) : said.find() ? said.group(1) : "";
        var text =
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "UTF-8", "UTF8" -> new String(bytes, StandardCharsets.UTF_8);
                    case "" -> utf8(bytes).orElseGet(() -> new String(bytes, CHINESE));
                    default -> new String(bytes, CHINESE);
                };
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** Without a declaration the bytes themselves say whether they are UTF-8. */
    private static Optional<String> utf8(byte[] bytes) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Notice> read(XMLStreamReader xml) throws XMLStreamException {
        var leaves = new Leaves();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> leaves.open(xml.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> leaves.close();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        leaves.text(xml.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                    return Optional.empty();
                }
                default -> {
                    // comments and the document's ends say nothing
                }
            }
            if (leaves.path.size() > DEPTH_MAX) {
                return Optional.empty();
            }
        }
        return Optional.of(leaves.notice());
    }

    /** What stands in the elements that matter. */
    private static final class Leaves {
        private final Deque<String> path = new ArrayDeque<>();
        private final Map<String, String> ofRoot = new HashMap<>();
        private final List<String> faulty = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private String root = "";

        void open(String name) {
            path.addLast(name);
            root = root.isEmpty() ? name : root;
            text.setLength(0);
        }

        void text(String more) {
            text.append(more);
        }

        void close() {
            var name = path.removeLast();
            var value = text.toString().strip();
            text.setLength(0);
            if (path.size() == 1) {
                ofRoot.putIfAbsent(name, value);
            } else if (name.equals("DeviceID") && listed() && faulty.size() < FAULTY_MAX) {
                faulty.add(Findings.harmless(value));
            }
        }

        /** Inside {@code Info}, or a list of devices of some editions beside it. */
        private boolean listed() {
            return path.contains("Info") || path.contains("DeviceList");
        }

        Notice notice() {
            var number = ofRoot.getOrDefault("SN", "");
            return new Notice(
                    root,
                    ofRoot.getOrDefault("CmdType", ""),
                    ofRoot.getOrDefault("DeviceID", ""),
                    NUMBER.matcher(number).matches()
                            ? OptionalLong.of(Long.parseLong(number))
                            : OptionalLong.empty(),
                    ofRoot.getOrDefault("Status", ""),
                    faulty.stream().filter(f -> !f.isEmpty()).toList());
        }
    }
}
