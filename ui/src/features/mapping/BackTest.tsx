import { Button, Drawer, Group } from "@mantine/core";
import { IconHistoryToggle } from "@tabler/icons-react";
import { useState } from "react";
import { useAction } from "../../commands";
import type { Mapping, Rule } from "../../generated/api";
import { BackTestResult } from "./BackTestResult";

/** *Try on past hires*: what the draft would have made of them, before it is saved. */
export function BackTest({ which, rules }: { which: Mapping; rules: Rule[] }) {
  const [opened, setOpened] = useState(false);
  const read = useAction("mappings.read_hires");
  const begin = () => {
    setOpened(true);
    read.mutate({ mapping: which });
  };
  return (
    <Group justify="flex-end">
      <Button variant="default" leftSection={<IconHistoryToggle size={16} aria-hidden />} onClick={begin} data-testid="try-on-hires">
        Try on past hires
      </Button>
      <Drawer opened={opened} onClose={() => setOpened(false)} size={720} title="This draft on past hires">
        {opened && <BackTestResult which={which} rules={rules} error={read.error} onRead={begin} />}
      </Drawer>
    </Group>
  );
}
