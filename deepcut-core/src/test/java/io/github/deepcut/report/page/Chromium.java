package io.github.deepcut.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A page in a headless Chromium, over the DevTools protocol: JSON messages on a WebSocket, of which
 * the JDK has a client. What the page complains of, and every address that it asks for, is kept.
 */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--remote-debugging-port=0");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String session;
  private int sent;

  /** Starts one with a profile of its own in {@code profile}. */
  Chromium(Path binary, Path profile) throws Exception {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(profile), new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String target =
        send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** The browser on the path, if there is one. */
  static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private URI address(Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        }
      }
      Thread.sleep(50);
    }
    throw new IOException("the browser did not start");
  }

  /** A screen so wide, with the colour scheme {@code light} or {@code dark}. */
  void screen(int width, int height, String scheme) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    List<Map<String, String>> features =
        List.of(Map.of("name", "prefers-color-scheme", "value", scheme));
    send("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  /** Opens a file and waits until it is loaded: the charts are drawn by then. */
  void open(Path file) throws Exception {
    complaints.clear();
    requests.clear();
    send("Page.navigate", Map.of("url", file.toUri().toString()));
    await("Page.loadEventFired");
  }

  /** The value of an expression, or of the promise that it is. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.at("/result/value");
  }

  /** A PNG of the part of the page at {@code clip}: x, y, width, height. */
  byte[] screenshot(JsonNode clip) throws Exception {
    ObjectNode params = MAPPER.createObjectNode().put("captureBeyondViewport", true);
    params.set("clip", ((ObjectNode) clip).put("scale", 1));
    return java.util.Base64.getDecoder()
        .decode(send("Page.captureScreenshot", params).get("data").asText());
  }

  /** A PDF of the page as it would be printed. */
  byte[] pdf() throws Exception {
    JsonNode answer = send("Page.printToPDF", Map.of("preferCSSPageSize", true));
    return java.util.Base64.getDecoder().decode(answer.get("data").asText());
  }

  /** Errors and warnings of console and browser since the page was opened. */
  List<String> complaints() {
    return complaints;
  }

  /** What the page asked for since it was opened. */
  List<String> requests() {
    return requests;
  }

  JsonNode send(String method, Object params) throws Exception {
    int id = ++sent;
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", MAPPER.valueToTree(params));
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode answer = next(m -> m.path("id").asInt() == id);
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  private void await(String event) throws Exception {
    next(m -> m.path("method").asText().equals(event));
  }

  private JsonNode next(java.util.function.Predicate<JsonNode> wanted) throws Exception {
    while (true) {
      JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("the browser does not answer");
      }
      note(message);
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private void note(JsonNode message) {
    switch (message.path("method").asText()) {
      case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled" ->
          complaints.add(message.get("params").toString());
      case "Network.requestWillBeSent" -> requests.add(message.at("/params/request/url").asText());
      default -> {}
    }
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          messages.add(MAPPER.readTree(text.toString()));
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
