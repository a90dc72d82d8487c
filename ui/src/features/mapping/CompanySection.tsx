import { Button, Group, Select, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction, useCommand } from "../../commands";
import type { CompanyView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Lines, Loaded } from "../../shared/Loaded";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";

/** What a letter takes from the company where Lever says nothing. */
export function CompanySection() {
  const company = useCommand("company.show", {});
  return (
    <Section title="Company defaults" description="Used where an offer in Lever names no currency or no last day." testId="company">
      <Loaded query={company} skeleton={<Lines rows={2} />}>
        {(view) => <CompanyForm key={`${view.currency} ${view.time_zone}`} view={view} />}
      </Loaded>
    </Section>
  );
}

function CompanyForm({ view }: { view: CompanyView }) {
  const [currency, setCurrency] = useState(view.currency);
  const [zone, setZone] = useState(view.time_zone);
  const announce = useAnnounce();
  const save = useAction("company.save");
  const changed = currency !== view.currency || zone !== view.time_zone;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (changed) save.mutate({ currency, time_zone: zone }, { onSuccess: () => announce("Company defaults saved") });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Select
            flex={1}
            miw={220}
            label="Default currency"
            placeholder="None"
            searchable
            clearable
            limit={100}
            data={view.currencies.map(({ code, name }) => ({ value: code, label: `${code}, ${name}` }))}
            value={currency}
            onChange={setCurrency}
          />
          <Select
            flex={1}
            miw={220}
            label="Time zone"
            searchable
            allowDeselect={false}
            limit={100}
            data={view.time_zones}
            value={zone}
            onChange={(next) => next !== null && setZone(next)}
          />
          <Button type="submit" variant="default" disabled={!changed} loading={save.isPending}>
            Save defaults
          </Button>
        </Group>
        {save.error && <Problem error={save.error} />}
      </Stack>
    </form>
  );
}
