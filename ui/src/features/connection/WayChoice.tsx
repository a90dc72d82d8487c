import { Group, Radio, Stack, Text } from "@mantine/core";
import type { Way } from "../../generated/api";
import classes from "./ConnectOption.module.css";

const ways: { way: Way; title: string; words: string }[] = [
  {
    way: "lever_connect",
    title: "Lever Connect (Recommended)",
    words: "You sign in to Lever in your browser and allow what Fulcrum asks for. No password comes here.",
  },
  {
    way: "api_key",
    title: "API key",
    words: "You make a key in Lever and paste it here. It holds until it is deleted in Lever.",
  },
];

interface WayChoiceProps {
  way: Way | null;
  onChange: (way: Way) => void;
}

/** How Fulcrum proves to Lever whose it is. */
export function WayChoice({ way, onChange }: WayChoiceProps) {
  return (
    <Radio.Group
      value={way}
      onChange={(value) => {
        const chosen = ways.find((one) => one.way === value);
        if (chosen) onChange(chosen.way);
      }}
      aria-label="How to connect"
    >
      <Stack gap="xs">
        {ways.map(({ way: value, title, words }) => (
          <Radio.Card key={value} value={value} className={classes.card} data-testid={value.replace("_", "-")}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <Stack gap={2}>
                <Text size="sm" fw={600}>
                  {title}
                </Text>
                <Text size="sm" c="dimmed">
                  {words}
                </Text>
              </Stack>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}
