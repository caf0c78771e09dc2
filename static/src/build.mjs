// `make assets`: compiles portal.scss, makes the result direction-neutral, and writes it with a
// fingerprint of its sources, so that a test can tell when someone changed a source and forgot this.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

// Bootstrap writes `margin-left`; we serve `margin-inline-start`. The list is closed: what is not
// named here and is still physical stops the build.
const LOGICAL = [
  [/(margin|padding)-left:/g, "$1-inline-start:"],
  [/(margin|padding)-right:/g, "$1-inline-end:"],
  [/border-left(-(?:color|width|style))?:/g, "border-inline-start$1:"],
  [/border-right(-(?:color|width|style))?:/g, "border-inline-end$1:"],
  [/border-top-left-radius:/g, "border-start-start-radius:"],
  [/border-top-right-radius:/g, "border-start-end-radius:"],
  [/border-bottom-left-radius:/g, "border-end-start-radius:"],
  [/border-bottom-right-radius:/g, "border-end-end-radius:"],
  [/text-align:\s*left/g, "text-align:start"],
  [/text-align:\s*right/g, "text-align:end"],
  [/(float|clear):\s*left/g, "$1:inline-start"],
  [/(float|clear):\s*right/g, "$1:inline-end"],
  [/([;{\s])left:/g, "$1inset-inline-start:"],
  [/([;{\s])right:/g, "$1inset-inline-end:"],
];
const PHYSICAL = /(?:margin|padding|border)-(?:left|right)\b|(?:text-align|float|clear):\s*(?:left|right)|[;{\s](?:left|right):/;

export function logical(css) {
  const neutral = LOGICAL.reduce((text, [from, to]) => text.replace(from, to), css);
  const left = neutral.match(PHYSICAL);
  if (left) throw new Error(`still physical: ${neutral.slice(left.index - 40, left.index + 40)}`);
  return neutral;
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const name of readdirSync(here).sort()) hash.update(name).update(readFileSync(join(here, name)));
  return hash.digest("hex").slice(0, 16);
}

const { css } = sass.compile(join(here, "portal.scss"), {
  loadPaths: [join(root, "node_modules")],
  style: "compressed",
  charset: false,
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
});
const { version } = JSON.parse(readFileSync(join(root, "node_modules/bootstrap/package.json")));
const head = `@charset "UTF-8";\n/*! Made by "make assets" from static/src (${fingerprint()}); Bootstrap ${version}, MIT */\n`;
mkdirSync(join(root, "static/css"), { recursive: true });
writeFileSync(join(root, "static/css/portal.css"), head + logical(css) + "\n");
