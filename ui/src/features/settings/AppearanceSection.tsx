import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { Section } from "../../shared/Section";

const choices: { value: MantineColorScheme; label: string }[] = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Light or dark; kept on this computer. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Appearance">
      <SegmentedControl
        aria-label="Appearance"
        data={choices}
        value={colorScheme}
        onChange={(value) => setColorScheme(choices.find((choice) => choice.value === value)?.value ?? "auto")}
      />
    </Section>
  );
}
