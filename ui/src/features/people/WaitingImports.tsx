import { Stack, Text } from "@mantine/core";
import { useCommand } from "../../commands";
import type { Tray } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { count } from "../../shared/words";
import { DeclinedImports } from "./DeclinedImports";
import { HeldImportCard } from "./HeldImportCard";
import classes from "./WaitingImports.module.css";

/** The hires that lack something before they become people, each mendable here; nothing while there are none. */
export function WaitingImports() {
  const tray = useCommand("imports.list", {});
  if (tray.data === undefined) return tray.error && <Problem error={tray.error} onRetry={() => void tray.refetch()} />;
  const { held, total, declined, elsewhere } = tray.data;
  if (total === 0 && declined.length === 0 && elsewhere === 0) return null;
  return (
    <Section title="Waiting to be imported" description={waitingWords(tray.data)} testId="waiting-imports">
      <Stack gap="lg">
        {held.length > 0 && (
          <ul className={classes.hires}>
            {held.map((hire) => (
              <li key={hire.opportunity_id}>
                <HeldImportCard hire={hire} />
              </li>
            ))}
          </ul>
        )}
        {total > held.length && <Text size="sm">{count(total - held.length, "more hire")} wait behind these.</Text>}
        {elsewhere > 0 && (
          <Text size="sm">
            {count(elsewhere, "other hire")} {elsewhere === 1 ? "waits" : "wait"} for Lever or for a field mapping.{" "}
            <TextLink href="/">See what on Home</TextLink>
          </Text>
        )}
        {declined.length > 0 && <DeclinedImports hires={declined} />}
      </Stack>
    </Section>
  );
}

function waitingWords({ total }: Tray): string | undefined {
  if (total === 0) return undefined;
  return `${count(total, "hire")} ${total === 1 ? "waits" : "wait"} for you. Nothing is dropped: fill in what is missing, answer what is asked, or decide against the import.`;
}
