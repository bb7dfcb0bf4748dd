"""Media for tests, made when they run: nothing of others, and nothing made, lies in the repository."""

import base64
import math
import struct
import wave
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const context = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let at = 0; at < 12; at++) {
    context.fillStyle = `hsl(${at * 30} 60% 50%)`;
    context.fillRect(0, 0, 320, 180);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:00.400\nOne color after the other.\n"


def make_sound(seconds: float = 4.0) -> bytes:
    """A tone, as a WAV file of 8,000 numbers a second."""
    written = BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = (round(3000 * math.sin(at / 8000 * 440 * math.tau)) for at in range(round(seconds * 8000)))
        sound.writeframes(b"".join(struct.pack("<h", number) for number in tone))
    return written.getvalue()


def make_document() -> bytes:
    """A PDF of one page with one line."""
    text = b"BT /F1 24 Tf 40 150 Td (One page.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return written + end % (table, len(written))


def make_picture(width: int, height: int) -> bytes:
    """A PNG: a frame around a disc."""
    picture = Image.new("RGB", (width, height), "#2a4d6e")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width // 3, height // 4, 2 * width // 3, 3 * height // 4), fill="#f2a27e")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def record_video(browser: Browser) -> bytes:
    """Half a second of colors, 320 by 180, as a WebM file."""
    page = browser.new_page()
    try:
        return base64.b64decode(page.evaluate(RECORD))
    finally:
        page.close()


def write_media(folder: Path, video: bytes) -> None:
    """`clip.webm` with captions and a poster, `tone.wav` with a transcript, `sheet.pdf`, and a small picture."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "clip.webm").write_bytes(video)
    (folder / "clip.vtt").write_text(CAPTIONS, "utf-8")
    (folder / "clip.png").write_bytes(make_picture(640, 360))
    (folder / "tone.wav").write_bytes(make_sound())
    (folder / "tone.txt").write_text("A tone, 440 times a second.\n\nNothing is said.\n", "utf-8")
    (folder / "sheet.pdf").write_bytes(make_document())
    (folder / "small.png").write_bytes(make_picture(120, 80))
