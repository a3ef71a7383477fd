import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands every Java file of the four modules to google-java-format: {@code check|replace ROOT}. */
public final class Format {
    private static final List<String> MODULES =
            List.of("firmware-config", "simulator", "sensors", "gateway");

    public static void main(String[] args) throws IOException {
        var options = new ArrayList<>(List.of("--aosp", "--skip-reflowing-long-strings"));
        if (args[0].equals("replace")) {
            options.add("--replace");
        } else {
            options.addAll(List.of("--dry-run", "--set-exit-if-changed"));
        }
        var root = Path.of(args[1]);
        for (var module : MODULES) {
            addSources(root.resolve(module).resolve("src"), options);
        }
        com.google.googlejavaformat.java.Main.main(options.toArray(String[]::new));
    }

    private static void addSources(Path folder, List<String> options) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.map(Path::toString).filter(f -> f.endsWith(".java")).sorted().forEach(options::add);
        }
    }
}
