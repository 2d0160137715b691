package io.github.deepcut.bench.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts commands, in a folder and with a temporary folder and a key of their own.
 *
 * @param temporary where they may leave nothing
 */
record Child(Path folder, Path temporary) {
  /** How long a process may take to end when it is told to, before that counts as hanging. */
  private static final int PATIENCE_SECONDS = 1800;

  /** Starts {@code deepcut} with such arguments. */
  Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/env")) && linux()) { // whatever this process ignores
      command.addAll(List.of("/usr/bin/env", "--default-signal=INT,HUP,TERM"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary));
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.github.deepcut.app.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("DEEPCUT_CONFIG", folder.resolve("config").toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** Runs it to its end. */
  int run(List<String> arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    end(process);
    return process.exitValue();
  }

  /** Sends a signal and waits for the end. */
  static void kill(Process process, String signal) throws IOException, InterruptedException {
    if (linux()) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } else if (signal.equals("KILL")) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    end(process);
  }

  private static void end(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("process " + process.pid() + " did not end");
    }
  }

  private static boolean linux() {
    return System.getProperty("os.name").equals("Linux");
  }
}
