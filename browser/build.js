// Bundles src/graph.js with the libraries it uses into dist/govkb-graph.js, their licences at its end.
import { readFileSync, readdirSync, renameSync } from "node:fs";
import { build } from "esbuild";

const half = `dist/half-${process.pid}.js`;
const { metafile } = await build({
  entryPoints: ["src/graph.js"],
  outfile: half,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  write: true,
  footer: { js: licences() },
});
renameSync(half, "dist/govkb-graph.js");
if (Object.keys(metafile.inputs).length < 5) throw new Error("the bundle lacks its libraries");

// What was bundled may be given to others only with these texts.
function licences() {
  const texts = ["sigma", "graphology", "graphology-utils", "events"].map((name) => {
    const folder = `node_modules/${name}`;
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(`${folder}/${file}`, "utf8") : license;
    return `${name} ${version}\n\n${text.trim()}`;
  });
  return `/*!\n${texts.join("\n\n---\n\n").replaceAll("*/", "* /")}\n*/`;
}
