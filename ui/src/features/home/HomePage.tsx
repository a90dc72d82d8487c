import { Skeleton, Stack } from "@mantine/core";
import { useCommand } from "../../commands";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { AttentionList } from "./AttentionList";
import { EventWay } from "./EventWay";
import { RecentActivity } from "./RecentActivity";
import { SetupChecklist } from "./SetupChecklist";

/** Is it working, what happened, what needs me. */
export function HomePage() {
  const home = useCommand("home.show", {});
  return (
    <Page title="Home" description="Whether hires from Lever arrive, what happened, and what needs you.">
      <Loaded query={home} skeleton={<HomeSkeleton />}>
        {({ hops, steps, attention, recent }) => (
          <Stack gap="lg">
            {steps.some(({ done }) => !done) && <SetupChecklist steps={steps} />}
            <EventWay hops={hops} />
            <AttentionList items={attention} />
            <RecentActivity lines={recent} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function HomeSkeleton() {
  return (
    <Stack gap="lg" aria-hidden>
      <Skeleton height={160} />
      <Skeleton height={120} />
      <Skeleton height={240} />
    </Stack>
  );
}
