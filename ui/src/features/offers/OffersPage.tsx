import { Button, Group, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconZoomQuestion } from "@tabler/icons-react";
import { useState } from "react";
import { useHost } from "../../commands";
import { Card } from "../../shared/Card";
import { Loaded } from "../../shared/Loaded";
import { NothingMatches } from "../../shared/NothingMatches";
import { Page } from "../../shared/Page";
import { Problem } from "../../shared/Problem";
import { TextLink } from "../../shared/TextLink";
import { CheckedLine } from "./CheckedLine";
import { ExportOffers } from "./ExportOffers";
import { NoOffers } from "./NoOffers";
import { OffersFilter } from "./OffersFilter";
import { OffersTable } from "./OffersTable";
import { useLetters } from "./useLetters";
import { everything, isNarrowed, listBefore } from "./wanted";
import { WhyNoLetter } from "./WhyNoLetter";

const TYPING_PAUSE_MS = 200;

/** Every offer letter, how far it is, and how fresh. */
export default function OffersPage() {
  const host = useHost();
  const [wanted, setWanted] = useState(listBefore(host).wanted);
  const [search] = useDebouncedValue(wanted.search, TYPING_PAUSE_MS);
  const [opened, setOpened] = useState<"why" | "export" | null>(null);
  const { head, rows, show, failed } = useLetters({ ...wanted, search });
  const close = () => setOpened(null);
  return (
    <Page
      title="Offers"
      description="Every offer letter, kept in step with its offer in Lever."
      action={
        <Group gap="sm">
          <Button variant="default" leftSection={<IconZoomQuestion size={16} aria-hidden />} onClick={() => setOpened("why")}>
            Why no letter?
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={rows.length === 0}
            onClick={() => setOpened("export")}
          >
            Export CSV
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <Loaded query={head}>
          {(page) => (
            <>
              <Group justify="space-between" gap="sm">
                <CheckedLine page={page} />
                <Group gap="md">
                  <TextLink href="/offers/written">Written to Lever</TextLink>
                  <TextLink href="/offers/settings">Letter settings</TextLink>
                </Group>
              </Group>
              {(page.total > 0 || isNarrowed(wanted)) && <OffersFilter wanted={wanted} page={page} onWant={setWanted} />}
              {failed?.error && <Problem error={failed.error} onRetry={() => void failed.refetch()} />}
              <Card>
                {rows.length > 0 ? (
                  <OffersTable rows={rows} wanted={wanted} onWant={setWanted} onView={show} />
                ) : isNarrowed(wanted) ? (
                  <NothingMatches title="No offer matches" why="The search or a filter hides every offer." onClear={() => setWanted(everything)} />
                ) : (
                  <NoOffers onWhy={() => setOpened("why")} />
                )}
              </Card>
            </>
          )}
        </Loaded>
      </Stack>
      <WhyNoLetter opened={opened === "why"} onClose={close} />
      <ExportOffers opened={opened === "export"} wanted={wanted} total={rows.length} onClose={close} />
    </Page>
  );
}
