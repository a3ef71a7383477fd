package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code mingchu protocol}: what was installed and proven, on paper. One thread. */
@Command(
        name = "protocol",
        description = {
            "Write the commissioning protocol: what was installed and proven, with a place for"
                    + " signatures. Its hash and its facts go into the record, so that paper and"
                    + " record can be held against each other.",
            "Exit 0: written and kept, 1: refused, 4: no Chinese font, 6: no agent runs."
        },
        sortOptions = false)
final class ProtocolCommand implements Callable<Integer> {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
    private String by = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "mingchu-protocol.pdf",
            description = "Where to (default: ${DEFAULT-VALUE}); an older one is replaced.")
    private Path out = Path.of("mingchu-protocol.pdf");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = Saying.STATE,
            description = Saying.KEPT_IN)
    private Path state = Path.of(Saying.STATE);

    @Option(
            names = "--language",
            paramLabel = "WORD",
            description = "zh-CN or en (default: the site's).")
    private Optional<String> language = Optional.empty();

    @Option(
            names = "--font",
            paramLabel = "FILE",
            description =
                    "A TrueType font that knows Chinese (default: the one of Debian's"
                            + " fonts-wqy-microhei).")
    private Optional<Path> font = Optional.empty();

    @Option(names = "--json", description = "For machines: the facts and the file's SHA-256.")
    private boolean json;

    ProtocolCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var told = verbs.protocol(new ProtocolAsk(state, by, out, json, language, font));
        return Saying.said(told, spec);
    }
}
