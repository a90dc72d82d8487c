import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { count } from "../../shared/words";
import { useExport } from "./useExport";
import type { Wanted } from "./wanted";

interface ExportOffersProps {
  opened: boolean;
  wanted: Wanted;
  total: number;
  onClose: () => void;
}

/** The letters that match as a file for spreadsheets. */
export function ExportOffers({ opened, wanted, total, onClose }: ExportOffersProps) {
  const [withPay, setWithPay] = useState(false);
  const { save, busy, place, problem, forget } = useExport();
  const close = () => {
    setWithPay(false);
    forget();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title="Export offers">
      <Stack gap="md">
        <Text size="sm">
          {count(total, "offer")} that the search and the filters leave, in the order of the list, as a CSV file with names, jobs, dates and states.
        </Text>
        <Checkbox
          label="With pay"
          description="Whoever gets the file can read it."
          checked={withPay}
          onChange={(event) => setWithPay(event.currentTarget.checked)}
        />
        {place !== null && (
          <Notice tone="good" urgent testId="file-saved">
            Saved as {place}.
          </Notice>
        )}
        {problem && <Problem error={problem} onRetry={() => save(wanted, withPay)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <Button leftSection={<IconDownload size={16} aria-hidden />} loading={busy} onClick={() => save(wanted, withPay)}>
            Save as file
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
