import { Button, FileButton, Group, Modal, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useState } from "react";
import { useAction } from "../../commands";
import type { FileRead, Mapping, Rule } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { ChangeList } from "./ChangeList";

/** Larger files are no mappings; the engine says the same, but need not be sent them. */
const LARGEST_BYTES = 4 * 1024 * 1024;

interface ImportMappingProps {
  opened: boolean;
  which: Mapping;
  rules: Rule[];
  onTake: (rules: Rule[]) => void;
  onClose: () => void;
}

/** Reads a file, shows first what it would change, and takes it over as a draft. */
export function ImportMapping({ opened, which, rules, onTake, onClose }: ImportMappingProps) {
  const read = useAction("mappings.read_file");
  const announce = useAnnounce();
  const [chosen, setChosen] = useState<string | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const close = () => {
    read.reset();
    setChosen(null);
    setTooLarge(false);
    onClose();
  };
  const choose = async (file: File | null) => {
    if (file === null) return;
    read.reset();
    setChosen(file.name);
    setTooLarge(file.size > LARGEST_BYTES);
    if (file.size > LARGEST_BYTES) return;
    read.mutate({ mapping: which, text: await file.text(), over: { rules } });
  };
  const take = ({ rules: { rules } }: FileRead) => {
    onTake(rules);
    announce("The file is a draft now. Save it to use it.");
    close();
  };
  const file = read.data;
  return (
    <Modal opened={opened} onClose={close} size="lg" title="Import a mapping">
      <Stack gap="md">
        <Text size="sm">Choose a file that Fulcrum exported. Nothing changes before you have seen the differences and saved.</Text>
        <Group gap="sm">
          <FileButton accept=".toml,application/toml,text/plain" onChange={(one) => void choose(one)} inputProps={{ "aria-label": "Mapping file" }}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={16} aria-hidden />} loading={read.isPending}>
                Choose file
              </Button>
            )}
          </FileButton>
          {chosen !== null && <Text size="sm">{chosen}</Text>}
        </Group>
        {tooLarge && <Notice tone="bad" urgent>The file is larger than 4 MB, so it is no mapping of Fulcrum.</Notice>}
        {read.error && <Problem error={read.error} />}
        {file && <Differences file={file} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          {file && (
            <Button disabled={file.changes.length === 0} onClick={() => take(file)}>
              Take over as draft
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Differences({ file: { changes, unknown } }: { file: FileRead }) {
  return (
    <Stack gap="md" data-testid="file-differences">
      {unknown.length > 0 && (
        <Notice tone="wait" below={<ul>{unknown.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}>
          Some fields of the file are not known here. Their rules are kept.
        </Notice>
      )}
      <Text size="sm" fw={600}>
        What would change
      </Text>
      <ChangeList changes={changes} none="Nothing: the file is the same as the mapping on screen." />
    </Stack>
  );
}
