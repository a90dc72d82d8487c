import { Text } from "@mantine/core";
import { useCommand } from "../../commands";
import { ActivityRow } from "../../shared/ActivityRow";
import { Loaded } from "../../shared/Loaded";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";

const MOST = 200;

/** What happened to a letter, as far as it is among the newest lines of the log. */
export function LetterActivity({ id }: { id: string }) {
  const log = useCommand("activity.list", { before: null, person_id: null, limit: MOST });
  return (
    <Section title="Activity" action={<TextLink href="/activity">Open Activity</TextLink>} flush testId="letter-activity">
      <Loaded query={log}>
        {(all) => {
          const lines = all.filter(({ correlation }) => correlation === `letter/${id}`);
          return (
            <>
              {lines.map((line) => (
                <ActivityRow key={line.id} line={line} />
              ))}
              {(lines.length === 0 || all.length >= MOST) && (
                <Text size="sm" c="dimmed" px="lg" py="sm">
                  {lines.length === 0 ? "None of the newest lines of the log is about this letter." : "Older lines are in Activity."}
                </Text>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
