import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useCommand, useHost } from "../../commands";
import type { Mapping, MappingFile, Rule } from "../../generated/api";
import { CommandError } from "../../host";
import { CopyButton } from "../../shared/Copy";
import { Loaded } from "../../shared/Loaded";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import classes from "./MappingFile.module.css";

interface ExportMappingProps {
  opened: boolean;
  which: Mapping;
  rules: Rule[];
  onClose: () => void;
}

/** The mapping on screen as a file that people can read, to copy or to save. */
export function ExportMapping({ opened, which, rules, onClose }: ExportMappingProps) {
  const file = useCommand("mappings.export", { mapping: which, rules: { rules } }, { enabled: opened });
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title="Export the mapping">
      <Loaded query={file}>{(written) => <Written file={written} />}</Loaded>
    </Modal>
  );
}

function Written({ file }: { file: MappingFile }) {
  const host = useHost();
  const [place, setPlace] = useState<string | null>(null);
  const [problem, setProblem] = useState<CommandError | null>(null);
  const save = async () => {
    setProblem(null);
    try {
      setPlace(await host.saveFile(file.name, file.text));
    } catch (thrown) {
      setProblem(CommandError.from(thrown));
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">It holds fields and steps, and no values of candidates.</Text>
      <pre className={classes.text} tabIndex={0} aria-label={file.name}>
        {file.text}
      </pre>
      {place !== null && (
        <Notice tone="good" urgent testId="file-saved">
          Saved as {place}.
        </Notice>
      )}
      {problem && <Problem error={problem} onRetry={() => void save()} />}
      <Group justify="flex-end">
        <CopyButton text={file.text} what="The mapping" label="Copy" />
        <Button leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>
          Save as file
        </Button>
      </Group>
    </Stack>
  );
}
