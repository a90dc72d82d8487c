import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** The one accent: iris. Green, amber, red and blue are left to states. */
const iris: MantineColorsTuple = [
  "#f5f3fb", "#e8e3f6", "#cdc4eb", "#b4a6e2", "#9c8ad8",
  "#8572cc", "#6f5abf", "#5b46ab", "#4a388f", "#3b2c74",
];

const gray: MantineColorsTuple = [
  "#f7f7f8", "#f0f0f2", "#e6e6ea", "#d9d9de", "#c7c7ce",
  "#878792", "#5f5f6a", "#4a4a54", "#33333b", "#1c1c21",
];

const dark: MantineColorsTuple = [
  "#e8e8ec", "#c6c6ce", "#a5a5b0", "#7c7c88", "#3a3a44",
  "#2c2c34", "#212127", "#17171b", "#121215", "#0c0c0e",
];

/** Quick enough to show where a thing went, too short to wait for. */
const motion = { duration: 120 };

export const theme = createTheme({
  primaryColor: "iris",
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, gray, dark },
  black: "#1c1c21",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  respectReducedMotion: true,
  cursorType: "pointer",
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "8px", xl: "8px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  // Four sizes: 12 for notes, 14 for text, 16 for sections, 22 for the page.
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "22px" },
  fontWeights: { regular: "400", medium: "600", bold: "600" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.5" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "22px", lineHeight: "1.3" },
      h2: { fontSize: "16px", lineHeight: "1.4" },
      h3: { fontSize: "14px", lineHeight: "1.4" },
      h4: { fontSize: "14px", lineHeight: "1.4" },
    },
  },
  shadows: { xs: "none", sm: "none", md: "0 4px 16px rgb(0 0 0 / 12%)", lg: "none", xl: "none" },
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Badge: { defaultProps: { variant: "light", color: "gray" }, styles: { root: { textTransform: "none", fontWeight: 600 } } },
    Combobox: { defaultProps: { transitionProps: motion, shadow: "md" } },
    Drawer: {
      defaultProps: {
        position: "right", transitionProps: motion, padding: "lg",
        overlayProps: { backgroundOpacity: 0.2 }, closeButtonProps: { "aria-label": "Close" },
      },
      styles: { title: { fontSize: "16px", fontWeight: 600 } },
    },
    InputWrapper: { styles: { label: { marginBottom: "4px" } } },
    Menu: { defaultProps: { transitionProps: motion, shadow: "md" } },
    Modal: {
      defaultProps: {
        centered: true, transitionProps: motion, padding: "lg",
        overlayProps: { backgroundOpacity: 0.35 }, closeButtonProps: { "aria-label": "Close" },
      },
      styles: { title: { fontSize: "16px", fontWeight: 600 } },
    },
    Skeleton: { defaultProps: { radius: "xs" } },
    Table: { defaultProps: { verticalSpacing: "sm", horizontalSpacing: "sm" }, styles: { th: { fontWeight: 600, fontSize: "12px", color: "var(--mantine-color-dimmed)" } } },
    Tooltip: { defaultProps: { transitionProps: motion, openDelay: 200, events: { hover: true, focus: true, touch: false } } },
  },
});

/** Surfaces and the four state colours, each with AA contrast against the surfaces of its scheme. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--page-width": "1120px",
    "--mantine-color-placeholder": "var(--mantine-color-dimmed)",
  },
  light: {
    "--surface-page": "#f7f7f8", "--surface-card": "#ffffff", "--surface-quiet": "#f2f2f5",
    "--line": "#e3e3e8", "--line-control": "#8f8f9a",
    "--mantine-color-body": "#ffffff", "--mantine-color-dimmed": "#5c5c67", "--mantine-color-error": "#b42a25",
    "--mantine-color-placeholder": "#6b6b76", "--mantine-color-anchor": "#5b46ab",
    "--tone-good": "#17744a", "--tone-wait": "#855300", "--tone-bad": "#b42a25", "--tone-info": "#1d5fae",
    "--tone-good-quiet": "#e9f6ef", "--tone-wait-quiet": "#fdf3e1", "--tone-bad-quiet": "#fdeeed", "--tone-info-quiet": "#eaf2fc",
  },
  dark: {
    "--surface-page": "#17171b", "--surface-card": "#1e1e23", "--surface-quiet": "#26262d",
    "--line": "#303038", "--line-control": "#74747f",
    "--mantine-color-body": "#1e1e23", "--mantine-color-dimmed": "#a5a5b0", "--mantine-color-error": "#f2827b",
    "--mantine-primary-color-light": "#2d2942", "--mantine-color-disabled": "#2c2c34", "--mantine-color-placeholder": "#9a9aa5", "--mantine-color-anchor": "#b4a6e2",
    "--tone-good": "#4cc38a", "--tone-wait": "#e3ab45", "--tone-bad": "#f2827b", "--tone-info": "#7db4f3",
    "--tone-good-quiet": "#1b2f26", "--tone-wait-quiet": "#332a18", "--tone-bad-quiet": "#3a2223", "--tone-info-quiet": "#1d2a3a",
  },
});
