import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const tauri = {
  group: ["@tauri-apps/*"],
  message: "Only src/host/ may know Tauri; everything else goes through the Host.",
};

const features = readdirSync(`${import.meta.dirname}/src/features`);

/** A feature may use what is shared, never another feature; the pages in src/app/ join them. */
const featureBoundaries = features.map((feature) => ({
  files: [`src/features/${feature}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          tauri,
          {
            group: features
              .filter((other) => other !== feature)
              .flatMap((other) => [`**/${other}/**`, `**/features/${other}`]),
            message: "Features do not import each other.",
          },
          { group: ["**/app/**"], message: "A feature does not know the frame around it." },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["dist", "src/generated"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // It warns users of the React Compiler, which this app does not use.
      "react-hooks/incompatible-library": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
      "no-console": "error",
      "no-restricted-imports": ["error", { patterns: [tauri] }],
    },
  },
  ...featureBoundaries,
  { files: ["src/host/**"], rules: { "no-restricted-imports": "off" } },
  { files: ["eslint.config.js"], ...tseslint.configs.disableTypeChecked },
);
