import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { Page } from "../shared/Page";

/** An address that leads nowhere. */
export function LostPage() {
  return (
    <Page title="Page not found" description="There is nothing at this address.">
      <Anchor component={Link} href="/">
        Go to Home
      </Anchor>
    </Page>
  );
}
