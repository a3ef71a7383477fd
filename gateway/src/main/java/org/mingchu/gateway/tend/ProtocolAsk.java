package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who wants a commissioning protocol. Immutable.
 *
 * @param by a person's id
 * @param out the file it goes into; it may be there already
 * @param language of the document; the site's when none is named
 * @param font a TrueType font that knows Chinese; one of the machine's when none is named
 */
public record ProtocolAsk(
        Path state,
        String by,
        Path out,
        boolean json,
        Optional<String> language,
        Optional<Path> font) {}
