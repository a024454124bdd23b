/* The words of definitions that code knows too: apart from what checks them, which takes a while to load. */

export const LEVELS = ['province', 'district', 'commune'] as const
export const TIMELINESS = ['early', 'on_time', 'late', 'no_due_date', 'within_due', 'overdue', 'suspended'] as const
export const POPULATIONS = [
  'received',
  'resolved',
  'resolved_of_intake',
  'paid',
  'carried_over',
  'pending',
  'answered',
  'caseload',
  'caseload_received',
] as const
export const STAGES = ['registered', 'not_received', 'open', 'suspended', 'withdrawn', 'stopped', 'done'] as const
export const KINDS = ['dossiers', 'survey', 'targets', 'units', 'unit_changes', 'unit_aliases', 'indicators'] as const
