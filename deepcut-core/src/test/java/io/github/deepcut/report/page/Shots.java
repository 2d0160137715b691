package io.github.deepcut.report.page;
import java.nio.file.*;
public class Shots {
  public static void main(String[] a) throws Exception {
    Path out = Path.of(a[1]); Files.createDirectories(out);
    Path profile = Files.createTempDirectory("cr");
    try (Chromium c = new Chromium(Chromium.find().get(), profile)) {
      for (int w : new int[]{1440, 768, 390}) for (String s : new String[]{"light","dark"}) {
        c.screen(w, w == 1440 ? 900 : w == 768 ? 1024 : 844, s);
        c.open(Path.of(a[0]));
        System.out.println(w + s + c.complaints() + c.requests());
        var clip = c.evaluate("({x:0,y:0,width:document.documentElement.scrollWidth,height:document.documentElement.scrollHeight})");
        System.out.println(clip);
        int h = w == 1440 ? 1500 : w == 768 ? 1600 : 2400; int H = clip.get("height").asInt();
        for (int i = 0; i * h < H; i++) Files.write(out.resolve(w + "-" + s + "-" + i + ".png"), c.screenshot(c.evaluate("({x:0,y:" + i*h + ",width:" + w + ",height:" + Math.min(h, H-i*h) + "})")));
      }
      Files.write(out.resolve("print.pdf"), c.pdf());
    }
  }
}
