// Fonts of the printed papers, beside the built styles: the wheel carries both, and no paper leans on what a machine has installed.
import { copyFile, mkdir } from "node:fs/promises";

const out = new URL("../src/kavalan/casework/static/kavalan/fonts/", import.meta.url);
const families = {
  "noto-sans": "NotoSans",
  "noto-sans-malayalam": "NotoSansMalayalam",
  "noto-sans-devanagari": "NotoSansDevanagari",
};
const weights = ["400Regular", "700Bold"];

await mkdir(out, { recursive: true });
for (const [folder, family] of Object.entries(families)) {
  const from = new URL(`node_modules/@expo-google-fonts/${folder}/`, import.meta.url);
  for (const weight of weights) {
    const name = `${family}_${weight}.ttf`;
    await copyFile(new URL(`${weight}/${name}`, from), new URL(name, out));
  }
  // The Open Font License asks that it travels with the fonts.
  await copyFile(new URL("LICENSE_FONT", from), new URL(`${family}.LICENSE.txt`, out));
}
