package org.mingchu.gateway.keep.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk that promises as little as POSIX does. A file holds what was written before its last
 * completed fsync or fdatasync; a name holds from the fsync of its folder on. Of what came later a
 * power cut leaves any part: {@link #crash} draws one. Not thread-safe.
 */
final class Disk {
    private static final int FOLDER = -1;

    private final String root;
    private final Map<Integer, String> openFolders = new HashMap<>();
    private final Map<Integer, Content> openFiles = new HashMap<>();
    private final List<Content> files = new ArrayList<>();

    /** Names as the process sees them, and as a power cut finds them at the least. */
    private final TreeMap<String, Integer> names = new TreeMap<>();

    private final TreeMap<String, Integer> settledNames = new TreeMap<>();
    private final List<Naming> unsettled = new ArrayList<>();

    private final RandomGenerator chance;

    /** A disk with these files in {@code root}; {@code chance} says what failures leave. */
    Disk(String root, Map<String, byte[]> image, RandomGenerator chance) {
        this.root = root;
        this.chance = chance;
        image.forEach((path, bytes) -> {
            var content = new Content();
            content.write(0, bytes);
            content.settle();
            files.add(content);
            names.put(root + "/" + path, files.size() - 1);
        });
        settledNames.putAll(names);
    }

    /** A change of names that waits for the fsync of its folder. */
    private interface Naming {
        String folder();

        /** Does it if that is possible: the one it builds on may have been lost. */
        void apply(Map<String, Integer> names);
    }

    private record Made(String path, int file) implements Naming {
        @Override
        public String folder() {
            return parent(path);
        }

        @Override
        public void apply(Map<String, Integer> names) {
            names.put(path, file);
        }
    }

    private record Gone(String path) implements Naming {
        @Override
        public String folder() {
            return parent(path);
        }

        @Override
        public void apply(Map<String, Integer> names) {
            names.remove(path);
        }
    }

    private record Moved(String from, String to) implements Naming {
        @Override
        public String folder() {
            return parent(to);
        }

        @Override
        public void apply(Map<String, Integer> names) {
            var moved = new TreeMap<String, Integer>();
            for (var name : List.copyOf(names.keySet())) {
                if (name.equals(from) || name.startsWith(from + "/")) {
                    moved.put(to + name.substring(from.length()), names.remove(name));
                }
            }
            names.putAll(moved);
        }
    }

    /** The process did this. */
    void apply(Call call) {
        switch (call) {
            case Call.Open open -> open(open);
            case Call.Write(var fd, var offset, var data) -> openFile(fd).write(offset, data);
            case Call.Truncate(var fd, var length) -> openFile(fd).truncate(length);
            case Call.Sync(var fd) -> sync(fd);
            case Call.SyncFailed(var fd) -> {
                if (!openFolders.containsKey(fd)) {
                    openFile(fd).drop(Luck.draw(chance));
                }
            }
            case Call.Close(var fd) -> {
                openFiles.remove(fd);
                openFolders.remove(fd);
            }
            case Call.Rename(var from, var to) -> name(new Moved(from, to));
            case Call.Unlink(var path) -> name(new Gone(path));
            case Call.MakeFolder(var path) -> name(new Made(path, FOLDER));
            case Call.RemoveFolder(var path) -> name(new Gone(path));
            case Call.Mark _ -> {}
        }
    }

    private void open(Call.Open open) {
        if (open.folder()) {
            openFolders.put(open.fd(), open.path());
            return;
        }
        if (open.made()) {
            files.add(new Content());
            name(new Made(open.path(), files.size() - 1));
        }
        var file = names.get(open.path());
        if (file == null) {
            throw new AssertionError(open.path() + " was there before the recorder");
        }
        openFiles.put(open.fd(), files.get(file));
        if (open.emptied()) {
            files.get(file).truncate(0);
        }
    }

    private Content openFile(int fd) {
        var file = openFiles.get(fd);
        if (file == null) {
            throw new AssertionError("descriptor " + fd + " is not open");
        }
        return file;
    }

    private void name(Naming change) {
        change.apply(names);
        unsettled.add(change);
    }

    private void sync(int fd) {
        var folder = openFolders.get(fd);
        if (folder == null) {
            openFile(fd).settle();
            return;
        }
        for (var change : List.copyOf(unsettled)) {
            if (change.folder().equals(folder)) {
                change.apply(settledNames);
                unsettled.remove(change);
            }
        }
    }

    /** What a power cut now leaves: content by path below the root; folders have none. */
    Map<String, byte[]> crash() {
        var found = new TreeMap<>(settledNames);
        var luck = Luck.draw(chance);
        for (var change : unsettled) {
            if (luck.happened()) {
                change.apply(found);
            }
        }
        var image = new TreeMap<String, byte[]>();
        found.forEach((path, file) -> {
            if (file != FOLDER) {
                image.put(path.substring(root.length() + 1), files.get(file).crash(luck));
            }
        });
        return image;
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
