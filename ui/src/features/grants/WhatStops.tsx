import { List, Title } from "@mantine/core";

/** What stops and what stays, before anything is ended. */
export function WhatStops({ stops }: { stops: string[] }) {
  return (
    <div data-testid="what-stops">
      <Title order={3} mb={4}>
        What happens
      </Title>
      <List size="sm" spacing={4}>
        {stops.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
        <List.Item>The tokens, the client secret and any API key are deleted from this computer at once.</List.Item>
      </List>
    </div>
  );
}
