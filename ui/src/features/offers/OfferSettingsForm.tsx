import { Button, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { LetterSettings, OfferSettings } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { stageChoices } from "./stages";

const INPUTS = ["stage", "also_sent", "secret_note", "tag"];

/** The form of what is set about offer letters. */
export function OfferSettingsForm({ view }: { view: LetterSettings }) {
  const [edited, setEdited] = useState<Partial<OfferSettings>>({});
  const save = useAction("letters.save_settings");
  const draft = { ...view.set, ...edited };
  const edit = (change: Partial<OfferSettings>) => {
    save.reset();
    setEdited({ ...edited, ...change });
  };
  const refused = (input: string) => (save.error?.field === input ? save.error.message : undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft, { onSuccess: () => setEdited({}) });
      }}
    >
      <Stack gap="lg" maw={560}>
        <Select
          label="Offer stage"
          description={view.stages.length === 0 ? "Other stages can be chosen while Lever is connected and answers." : "A letter is made while the candidate is in this stage."}
          data={stageChoices(view.stages, draft.stage)}
          value={draft.stage ?? ""}
          allowDeselect={false}
          searchable={view.stages.length > 8}
          error={refused("stage")}
          onChange={(stage) => edit({ stage: stage === "" ? null : stage })}
        />
        <Switch
          label="Letters also for offers that Lever sends"
          description="Otherwise only offers that were sent outside of Lever have a letter, so that no candidate gets two."
          checked={draft.also_sent}
          error={refused("also_sent")}
          onChange={(event) => edit({ also_sent: event.currentTarget.checked })}
        />
        <Switch
          label="Secret note"
          description="Only privileged users of Lever see the note with the letter’s link."
          checked={draft.secret_note}
          error={refused("secret_note")}
          onChange={(event) => edit({ secret_note: event.currentTarget.checked })}
        />
        <TextInput
          label="Tag"
          description="What a candidate with a letter is tagged with in Lever. Tags that are there already stay as they are."
          value={draft.tag}
          error={refused("tag")}
          onChange={(event) => edit({ tag: event.currentTarget.value })}
        />
        {save.error && !INPUTS.includes(save.error.field ?? "") && <Problem error={save.error} />}
        {save.isSuccess && (
          <Notice tone="good" urgent>
            Saved.
          </Notice>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={Object.keys(edited).length === 0}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
