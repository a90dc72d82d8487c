import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { DataChoice, LocalData } from "../../generated/api";
import type { CommandError } from "../../host";
import { Problem } from "../../shared/Problem";
import { InLever } from "./InLever";
import { WhatStops } from "./WhatStops";

interface EndAccessProps {
  title: string;
  /** The verb on the red button. */
  verb: string;
  /** What has to be typed. */
  phrase: string;
  stops: string[];
  choices: DataChoice[];
  leverUrl: string | null;
  webhooksUrl: string | null;
  busy: boolean;
  error: CommandError | null;
  onConfirm: (data: LocalData, confirmation: string) => void;
  onClose: () => void;
}

/** Says what stops, asks what becomes of the data, and ends the access after a typed word (SCREENS.md 4.11). */
export function EndAccess({ title, verb, phrase, stops, choices, error, busy, onConfirm, onClose, ...lever }: EndAccessProps) {
  const [data, setData] = useState<LocalData>("keep");
  const [typed, setTyped] = useState("");
  const confirmed = typed.trim().toLowerCase() === phrase;
  return (
    <Modal opened onClose={onClose} title={title} size={600}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (confirmed) onConfirm(data, typed);
        }}
      >
        <Stack gap="lg">
          <WhatStops stops={stops} />
          <Radio.Group
            label="What came from Lever to this computer"
            value={data}
            onChange={(value) => {
              const chosen = choices.find(({ choice }) => choice === value);
              if (chosen) setData(chosen.choice);
            }}
          >
            <Stack gap="xs" mt="xs">
              {choices.map(({ choice, label, about }) => (
                <Radio key={choice} value={choice} label={label} description={about} />
              ))}
            </Stack>
          </Radio.Group>
          <InLever {...lever} />
          <TextInput
            label={`Type “${phrase}” to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-testid="confirmation"
          />
          {error && <Problem error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            <Button type="submit" color="red.9" disabled={!confirmed} loading={busy} data-testid="end-access">
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
