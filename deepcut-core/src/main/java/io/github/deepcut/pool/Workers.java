package io.github.deepcut.pool;

import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Processes that train models in parallel, one at a time each, with one thread. A process that lost
 * its parent ends. Of several failures the first is reported; models that are done stay done.
 *
 * @param command that starts a process which serves by {@link WorkerLoop}
 * @param job what each process is told first, as one line
 * @param jobs processes at a time, 1 or more
 */
public record Workers(List<String> command, String job, int jobs) {
  public Workers {
    command = List.copyOf(command);
    if (jobs < 1) {
      throw new InputException("--jobs is " + jobs + ", expected >= 1");
    }
  }

  /** {@return how many processes at a time, where nothing else is asked for: one a core} */
  public static int defaultJobs() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** The command that runs {@code main} with this process's own class path and options. */
  public static List<String> java(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("-X") || a.startsWith("-D") || a.startsWith("--enable-native"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  /** Trains {@code models}; {@code stage} takes {@link WorkerLoop#PARTS} steps for each. */
  public void train(List<Integer> models, Progress.Stage stage) {
    Queue<Integer> queue = new ConcurrentLinkedQueue<>(models);
    Collection<Process> processes = new ConcurrentLinkedQueue<>();
    int threads = Math.min(jobs, models.size());
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
    try {
      var done = new ExecutorCompletionService<Void>(pool);
      for (int i = 0; i < threads; i++) {
        done.submit(() -> work(queue, processes, stage), null);
      }
      for (int i = 0; i < threads; i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while models were trained", e);
    } finally {
      queue.clear();
      processes.forEach(Process::destroyForcibly);
      pool.shutdown();
    }
  }

  private void work(Queue<Integer> queue, Collection<Process> processes, Progress.Stage stage) {
    try {
      Process process = start();
      processes.add(process);
      try (Writer to = process.outputWriter();
          BufferedReader from = process.inputReader()) {
        to.write(job + "\n");
        for (Integer model = queue.poll(); model != null; model = queue.poll()) {
          to.write(model + "\n");
          to.flush();
          await(model, from, stage);
        }
      }
      process.waitFor(); // without input it ends, and clears up behind itself
    } catch (IOException e) {
      throw new UncheckedIOException("a process that trains models broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while models were trained", e);
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    return builder.start();
  }

  private static void await(int model, BufferedReader from, Progress.Stage stage)
      throws IOException {
    String last = "it said nothing";
    int parts = 0;
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.startsWith(WorkerLoop.INPUT)) {
        throw new InputException(line.substring(WorkerLoop.INPUT.length()));
      }
      if (line.startsWith(WorkerLoop.FAILED)) {
        last = line.substring(WorkerLoop.FAILED.length());
        break;
      }
      boolean done = line.equals(WorkerLoop.DONE);
      if (done || line.startsWith(WorkerLoop.PART)) {
        int now =
            done ? WorkerLoop.PARTS : Integer.parseInt(line.substring(WorkerLoop.PART.length()));
        for (; parts < now; parts++) {
          step(stage, "");
        }
      } else {
        last = line;
      }
      if (done) {
        return;
      }
    }
    throw new IllegalStateException(
        "model " + model + " of the pool could not be trained: " + last);
  }

  private static void step(Progress.Stage stage, String note) {
    synchronized (stage) {
      stage.step(note);
    }
  }
}
