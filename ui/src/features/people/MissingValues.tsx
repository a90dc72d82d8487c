import { Button, Group, Stack } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAction } from "../../commands";
import type { HeldImport } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { useAnnounce } from "../../shared/announce";
import { MissingField } from "./MissingField";

interface MissingValuesProps {
  hire: HeldImport;
  /** What else can be done. */
  others: ReactNode;
}

/** What a hire lacks, with a place to type each value for this hire only. */
export function MissingValues({ hire: { opportunity_id, name, needs }, others }: MissingValuesProps) {
  const announce = useAnnounce();
  const fillIn = useAction("imports.fill_in");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ""));
  const ready = Object.keys(filled).length > 0;
  const refused = (target: string) => (fillIn.error?.field === target ? fillIn.error.message : undefined);
  return (
    <form
      aria-label={`What ${name} lacks`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        fillIn.mutate({ opportunity_id, values: filled }, { onSuccess: () => announce(`${name}: filled in, trying again`) });
      }}
    >
      <Stack gap="md">
        {needs.map((need) => (
          <MissingField
            key={need.target}
            need={need}
            typed={typed[need.target] ?? need.entered ?? ""}
            error={refused(need.target)}
            onType={(value) => setTyped({ ...typed, [need.target]: value })}
          />
        ))}
        {fillIn.error && !needs.some(({ target }) => refused(target)) && <Problem error={fillIn.error} />}
        <Group gap="sm">
          <Button type="submit" size="xs" disabled={!ready} loading={fillIn.isPending}>
            Fill in and import
          </Button>
          {others}
        </Group>
      </Stack>
    </form>
  );
}
