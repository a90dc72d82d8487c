import { Drawer, Stack, Text } from "@mantine/core";
import type { ActivityLine } from "../../generated/api";
import { ActivityRow } from "../../shared/ActivityRow";
import { TextLink } from "../../shared/TextLink";
import { Details } from "../../shared/Details";
import { wayOf } from "./lines";
import classes from "./WayDrawer.module.css";

interface WayDrawerProps {
  line: ActivityLine | null;
  lines: ActivityLine[];
  onClose: () => void;
}

/** The whole way of one event, step by step, beside the log. */
export function WayDrawer({ line, lines, onClose }: WayDrawerProps) {
  const way = line === null ? [] : wayOf(line, lines);
  const person = way.find(({ person_id }) => person_id !== null)?.person_id;
  return (
    <Drawer opened={line !== null} onClose={onClose} size={560} title={way.length > 1 ? "The way of this event" : "This line"}>
      <Stack gap="md">
        {way.length > 1 && (
          <Text size="sm" c="dimmed">
            From its arrival to its end, oldest first.
          </Text>
        )}
        <ol className={classes.way} data-testid="way">
          {way.map((step) => (
            <li key={step.id} aria-current={step.id === line?.id}>
              <ActivityRow line={step} />
              {step.detail !== null && (
                <div className={classes.detail}>
                  <Details text={step.detail} />
                </div>
              )}
            </li>
          ))}
        </ol>
        {person && <TextLink href={`/people/${encodeURIComponent(person)}`}>Open the person</TextLink>}
        {line?.correlation && (
          <Text size="xs" c="dimmed">
            Reference <code>{line.correlation}</code>
          </Text>
        )}
      </Stack>
    </Drawer>
  );
}
