// Written by `zhinan schema` from the migrations: do not edit.
import type { Defaulted, Instant, Json } from "./values.ts";

export type Tables = {
  funder: {
    id: string;
    name: Json;
    created_at: Defaulted<Instant>;
  };
  migration: {
    number: number;
    name: string;
    sha256: string;
    applied_at: Defaulted<Instant>;
  };
  platform_clock: {
    single: Defaulted<boolean>;
    clock_offset: Defaulted<string>;
    demonstration: Defaulted<boolean>;
  };
};
