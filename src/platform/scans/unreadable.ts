import type { ScanFault } from "../../core/document/scan.ts";

/** The file as a whole cannot be looked at. */
export class Unreadable extends Error {
  readonly fault: ScanFault;
  constructor(fault: ScanFault) {
    super(fault);
    this.name = "Unreadable";
    this.fault = fault;
  }
}
