// Types of the HTTP interface of CSCX Chorus. Made from /openapi.json by TypeScriptTest; not to be edited.

export interface Accepted {
  hints: number;
}
export interface Accuracy {
  window: Window;
  checkedAt: string;
  syncId: string;
  upstream: number;
  matched: number;
  missing: string[];
  differing: string[];
  accuracy: number;
  halted?: string | null;
  actionItems: Capture;
}
export interface ActionItem {
  id: string;
  text: string;
  callId: string;
  side: string;
  ownerName?: string | null;
  dueDate?: string | null;
  status: string;
  taskId?: string | null;
  startSeconds?: number | null;
  url?: string | null;
}
export interface Alert {
  id: string;
  searchId: string;
  searchName: string;
  callId: string;
  title?: string | null;
  customer?: CustomerName | null;
  startedAt: string;
  quote?: string | null;
  speaker?: string | null;
  side?: string | null;
  startSeconds?: number | null;
  url?: string | null;
  foundAt: string;
  seenAt?: string | null;
}
export interface Alive {
  status: string;
}
export interface Answer {
  conversationId: string;
  messageId: string;
  outcome: "answered" | "not_found" | "clarify" | "confirm" | "refused" | "help" | "error";
  reply: string;
  citations: AnswerCitation[];
  cards: AnswerCard[];
  toolCalls: AnswerToolCall[];
  pendingAction?: AnswerPendingAction | null;
  options: AnswerOption[];
  suggestions: string[];
  model: string;
  promptVersion: string;
  tookMs: number;
}
export type AnswerCard = {
  type: "actionItems";
  items: PromiseItem[];
  total: number;
} | {
  type: "call";
  items: CallCard[];
  total: number;
} | {
  type: "calls";
  items: CallItem[];
  total: number;
} | {
  type: "health";
  items: HealthItem[];
  total: number;
} | {
  type: "insights";
  items: InsightsItem[];
  total: number;
} | {
  type: "passages";
  items: PassageItem[];
  total: number;
} | {
  type: "portfolio";
  items: PortfolioItem[];
  total: number;
} | {
  type: "syncStatus";
  items: SyncItem[];
  total: number;
} | {
  type: "task";
  items: TaskItem[];
  total: number;
} | {
  type: "transcript";
  items: TranscriptItem[];
  total: number;
} | {
  type: "trends";
  items: TrendItem[];
  total: number;
};
export interface AnswerCitation {
  n: number;
  callId: string;
  title?: string | null;
  speaker?: string | null;
  side: string;
  startSeconds: number;
  quote: string;
  url?: string | null;
}
export interface AnswerOption {
  label: string;
  message: string;
}
export interface AnswerPendingAction {
  id: string;
  tool: string;
  arguments: Record<string, unknown>;
  summary: string;
}
export interface AnswerToolCall {
  name: string;
  arguments: Record<string, unknown>;
}
export interface AssistantMessage {
  role: string;
  content: string;
  refusal?: string | null;
}
export interface Authorizing {
  status: string;
  authorizeUrl: string;
}
export interface BandCount {
  band?: string | null;
  customers: number;
}
export interface CallCard {
  id: string;
  externalId: string;
  title?: string | null;
  startedAt: string;
  durationSeconds: number;
  customer?: CustomerItem | null;
  owner?: string | null;
  participants: PersonItem[];
  summary?: string | null;
  state: string;
  transcript: string;
  url?: string | null;
  actionItemCount: number;
  attendees: PersonItem[];
  actionItems: PromiseItem[];
}
export interface CallItem {
  id: string;
  externalId: string;
  title?: string | null;
  startedAt: string;
  durationSeconds: number;
  customer?: CustomerItem | null;
  owner?: string | null;
  participants: PersonItem[];
  summary?: string | null;
  state: string;
  transcript: string;
  url?: string | null;
  actionItemCount: number;
}
export interface Capture {
  listed: number;
  ours: number;
  tasks: number;
  waiting: number;
  theirs: number;
  captureRate: number;
}
export interface ChatMessage {
  role?: string | null;
  content?: unknown;
}
export interface ChatRequest {
  message: string;
  conversationId?: string | null;
  timezone?: string | null;
}
export interface Check {
  status: string;
  detail: string;
}
export interface Choice {
  index: number;
  message: AssistantMessage;
  logprobs?: string | null;
  finish_reason: string;
}
export interface Completion {
  id: string;
  object: string;
  created: number;
  model: string;
  choices: Choice[];
  usage: TokensUsed;
}
export interface CompletionRequest {
  model?: string | null;
  messages: ChatMessage[];
  stream?: boolean | null;
  stream_options?: StreamOptions | null;
  n?: number | null;
  response_format?: ResponseFormat | null;
}
export interface ComponentItem {
  name: string;
  signal: string;
  value?: number | null;
  weight: number;
  amount?: number | null;
  unit: string;
  why?: string | null;
  evidence: EvidenceItem[];
}
export interface Connect {
  authType?: string | null;
  dialect?: string | null;
  baseUrl?: string | null;
  apiKey?: string | null;
  headerStyle?: string | null;
  clientId?: string | null;
  clientSecret?: string | null;
  tokenUrl?: string | null;
  authorizationUrl?: string | null;
  scope?: string | null;
}
export interface Connected {
  status: string;
  dialect: string;
  headerStyle: string;
  account: string;
  connectedAt: string;
  syncId: string;
}
export interface Connection {
  status: string;
  dialect?: string | null;
  authType?: string | null;
  headerStyle?: string | null;
  baseUrl?: string | null;
  account?: string | null;
  scope?: string | null;
  connectedAt?: string | null;
  tokenExpiresAt?: string | null;
  lastError?: string | null;
  strikes: number;
  notice?: string | null;
  noticeAt?: string | null;
  pace: Pace;
  requests: number;
  refusals: number;
  etaSeconds?: number | null;
}
export interface Conversation {
  conversationId: string;
  turns: Turn[];
}
export interface CountsItem {
  open: number;
  overdue: number;
  doneOnTime: number;
}
export interface Coverage {
  callsSearched: number;
  callsWithoutTranscript: number;
  callsWaiting: number;
  vectorShare: number;
}
export interface CoverageItem {
  calls: number;
  withTranscript: number;
}
export interface Customer {
  id: string;
  name: string;
  aliases: string[];
  domains: string[];
  crmId?: string | null;
  ownerId?: string | null;
  ownerName?: string | null;
  segment?: string | null;
  renewalDate?: string | null;
}
export interface CustomerFacet {
  id: string;
  name: string;
  count: number;
}
export interface CustomerHistory {
  customer: Customer;
  lastCallAt?: string | null;
  callCount: number;
  calls: Meeting[];
  openActionItems: ActionItem[];
  nextSteps: CustomerHistoryNextStep[];
  topics: InsightsTopic[];
  stakeholders: CustomerHistoryStakeholder[];
  health: Health;
}
export interface CustomerHistoryNextStep {
  text: string;
  callId: string;
  startSeconds?: number | null;
  url?: string | null;
}
export interface CustomerHistoryStakeholder {
  name?: string | null;
  email?: string | null;
  title?: string | null;
  lastSeen: string;
  callCount: number;
}
export interface CustomerItem {
  id: string;
  name: string;
}
export interface CustomerName {
  id: string;
  name: string;
}
export interface CustomerRequest {
  name?: string | null;
  aliases?: string[] | null;
  domains?: string[] | null;
  crmId?: string | null;
  ownerId?: string | null;
  segment?: string | null;
  renewalDate?: string | null;
}
export interface Delivery {
  id: string;
  hookId: string;
  eventId: string;
  event: string;
  state: string;
  attempts: number;
  createdAt: string;
  nextAt?: string | null;
  deliveredAt?: string | null;
  lastStatus?: number | null;
  error?: string | null;
}
export interface DriverItem {
  name: string;
  value: number;
  why: string;
  evidence: EvidenceItem[];
}
export interface Entry {
  id: string;
  externalId?: string | null;
  stage: string;
  reason: string;
  times: number;
  firstAt: string;
  lastAt: string;
}
export interface EvidenceItem {
  callId: string;
  startSeconds?: number | null;
  speaker?: string | null;
  quote: string;
  url?: string | null;
}
export interface Facet {
  value: string;
  count: number;
}
export interface FacetCounts {
  customers: CustomerFacet[];
  speakers: Facet[];
  months: Facet[];
  sides: Facet[];
}
export interface FindingItem {
  text: string;
  callId: string;
  startedAt: string;
  side: string;
  origin: string;
  evidence: EvidenceItem[];
}
export interface Found {
  items: Passage[];
  nextCursor?: string | null;
  coverage: Coverage;
  mode: string;
  tookMs: number;
  facets?: FacetCounts | null;
}
export interface Health {
  customer: CustomerName;
  score?: number | null;
  band?: string | null;
  reason?: string | null;
  weight: number;
  day: string;
  components: HealthComponent[];
  trend: HealthPoint[];
}
export interface HealthComponent {
  name: string;
  signal: string;
  value?: number | null;
  weight: number;
  amount?: number | null;
  unit: string;
  why?: string | null;
  evidence: InsightsEvidence[];
}
export interface HealthItem {
  customer: CustomerItem;
  score?: number | null;
  band?: string | null;
  reason?: string | null;
  weight: number;
  day: string;
  components: ComponentItem[];
  trend: PointItem[];
}
export interface HealthPoint {
  week: string;
  score?: number | null;
  band?: string | null;
}
export interface Hook {
  id: string;
  url: unknown;
  events: string[];
  enabled: boolean;
  createdAt: string;
}
export interface HookAdded {
  id: string;
  url: unknown;
  events: string[];
  enabled: boolean;
  createdAt: string;
  secret: string;
}
export interface HookList {
  items: Hook[];
}
export interface HookReplay {
  ids?: string[] | null;
}
export interface HookReplayed {
  replayed: number;
}
export interface HookRequest {
  url?: string | null;
  events?: string[] | null;
}
export interface Imported {
  created: number;
  updated: number;
  rejected: RejectedRow[];
}
export interface Insights {
  customer: CustomerName;
  momentum: InsightsMomentum;
  nextSteps: InsightsFinding[];
  pricing: InsightsFinding[];
  objections: InsightsFinding[];
  topics: InsightsTopic[];
  actionItems: InsightsActionItems;
  coverage: InsightsCoverage;
}
export interface InsightsActionItems {
  open: number;
  overdue: number;
  doneOnTime: number;
}
export interface InsightsCoverage {
  calls: number;
  withTranscript: number;
}
export interface InsightsDriver {
  name: string;
  value: number;
  why: string;
  evidence: InsightsEvidence[];
}
export interface InsightsEvidence {
  callId: string;
  startSeconds?: number | null;
  speaker?: string | null;
  quote: string;
  url?: string | null;
}
export interface InsightsFinding {
  text: string;
  callId: string;
  startedAt: string;
  side: string;
  origin: string;
  evidence: InsightsEvidence[];
}
export interface InsightsItem {
  customer: CustomerItem;
  momentum: MomentumItem;
  nextSteps: FindingItem[];
  pricing: FindingItem[];
  objections: FindingItem[];
  topics: TopicItem[];
  actionItems: CountsItem;
  coverage: CoverageItem;
}
export interface InsightsMomentum {
  score?: number | null;
  direction: string;
  drivers: InsightsDriver[];
}
export interface InsightsTopic {
  name: string;
  category?: string | null;
  mentions: number;
  trend: InsightsWeek[];
  evidence: InsightsEvidence[];
}
export interface InsightsWeek {
  week: string;
  count: number;
}
export interface LinkRequest {
  customerId?: string | null;
  learnDomain?: unknown;
}
export interface MappingRequest {
  weight?: number | null;
  rules?: RuleRequest[] | null;
  version?: number | null;
}
export interface Meeting {
  id: string;
  externalId: string;
  title?: string | null;
  startedAt: string;
  durationSeconds: number;
  customer?: CustomerName | null;
  owner?: string | null;
  participants: MeetingAttendee[];
  summary?: string | null;
  state: string;
  transcript: string;
  url?: string | null;
  actionItemCount: number;
}
export interface MeetingAttendee {
  name?: string | null;
  email?: string | null;
  company?: string | null;
  title?: string | null;
  side: string;
}
export interface MeetingDetail {
  id: string;
  externalId: string;
  title?: string | null;
  startedAt: string;
  durationSeconds: number;
  customer?: CustomerName | null;
  owner?: string | null;
  participants: MeetingAttendee[];
  summary?: string | null;
  state: string;
  transcript: string;
  url?: string | null;
  actionItemCount: number;
  language?: string | null;
  trackers: MeetingDetailTracker[];
  momentum?: MeetingDetailMomentum | null;
  actionItems: ActionItem[];
  match: MeetingDetailMatch;
  syncedAt: string;
  source: MeetingDetailSource;
}
export interface MeetingDetailCandidate {
  customerId: string;
  name: string;
  reason: string;
  confidence?: number | null;
}
export interface MeetingDetailEvidence {
  text: string;
  startSeconds?: number | null;
  speaker?: string | null;
  url?: string | null;
}
export interface MeetingDetailMatch {
  reason?: string | null;
  confidence?: number | null;
  candidates: MeetingDetailCandidate[];
}
export interface MeetingDetailMention {
  utterance?: number | null;
  startSeconds?: number | null;
  speaker?: string | null;
  side?: string | null;
  text?: string | null;
  url?: string | null;
}
export interface MeetingDetailMomentum {
  dealProgress: string;
  pricingDiscussed: boolean;
  nextSteps: MeetingDetailEvidence[];
  pricing: MeetingDetailEvidence[];
  objections: MeetingDetailEvidence[];
  origin: string;
}
export interface MeetingDetailSource {
  dialect: string;
}
export interface MeetingDetailTracker {
  id: string;
  name: string;
  category?: string | null;
  count: number;
  mentions: MeetingDetailMention[];
}
export interface Mention {
  tracker: string;
  category?: string | null;
  callId: string;
  title?: string | null;
  customer?: CustomerName | null;
  startedAt: string;
  speaker?: string | null;
  side: string;
  startSeconds?: number | null;
  quote: string;
  url?: string | null;
}
export interface MissingField {
  dialect: string;
  part: string;
  path: string;
  since: string;
  lastAt: string;
}
export interface Model {
  id: string;
  object: string;
  created: number;
  owned_by: string;
}
export interface ModelList {
  object: string;
  data: Model[];
}
export interface MomentumItem {
  score?: number | null;
  direction: string;
  drivers: DriverItem[];
}
export interface NewField {
  dialect: string;
  part: string;
  path: string;
  count: number;
  firstAt: string;
  lastAt: string;
}
export interface NewWord {
  dialect: string;
  part: string;
  field: string;
  word?: string | null;
  count: number;
  firstAt: string;
  lastAt: string;
}
export interface OpenAiError {
  error: OpenAiErrorDetail;
}
export interface OpenAiErrorDetail {
  message: string;
  type: string;
  param?: string | null;
  code?: string | null;
}
export interface Pace {
  requestsPerMinute: number;
  waitingUntil?: string | null;
}
export interface PageOfAlert {
  items: Alert[];
  nextCursor?: string | null;
}
export interface PageOfCustomer {
  items: Customer[];
  nextCursor?: string | null;
}
export interface PageOfDelivery {
  items: Delivery[];
  nextCursor?: string | null;
}
export interface PageOfEntry {
  items: Entry[];
  nextCursor?: string | null;
}
export interface PageOfHealth {
  items: Health[];
  nextCursor?: string | null;
}
export interface PageOfInsights {
  items: Insights[];
  nextCursor?: string | null;
}
export interface PageOfMeeting {
  items: Meeting[];
  nextCursor?: string | null;
}
export interface PageOfMention {
  items: Mention[];
  nextCursor?: string | null;
}
export interface PageOfPerson {
  items: Person[];
  nextCursor?: string | null;
}
export interface PageOfSavedSearch {
  items: SavedSearch[];
  nextCursor?: string | null;
}
export interface PageOfSignalMapping {
  items: SignalMapping[];
  nextCursor?: string | null;
}
export interface PageOfSync {
  items: Sync[];
  nextCursor?: string | null;
}
export interface PageOfTask {
  items: Task[];
  nextCursor?: string | null;
}
export interface PageOfTrend {
  items: Trend[];
  nextCursor?: string | null;
}
export interface PageOfUnmatched {
  items: Unmatched[];
  nextCursor?: string | null;
}
export interface Passage {
  callId: string;
  externalId: string;
  title?: string | null;
  customer?: CustomerName | null;
  startedAt: string;
  speaker?: string | null;
  side: string;
  utteranceFrom: number;
  utteranceTo: number;
  startSeconds: number;
  endSeconds: number;
  text: string;
  highlight: string;
  utterance: number;
  utteranceStartSeconds: number;
  quote: string;
  url?: string | null;
  score: number;
}
export interface PassageItem {
  callId: string;
  externalId: string;
  title?: string | null;
  customer?: CustomerItem | null;
  startedAt: string;
  speaker?: string | null;
  side: string;
  utteranceFrom: number;
  utteranceTo: number;
  startSeconds: number;
  endSeconds: number;
  text: string;
  highlight: string;
  url?: string | null;
  score: number;
}
export interface Person {
  id: string;
  name: string;
  email: string;
  role: string;
  teamId?: string | null;
}
export interface PersonItem {
  name?: string | null;
  email?: string | null;
  company?: string | null;
  title?: string | null;
  side: string;
}
export interface PersonRequest {
  email?: string | null;
  name?: string | null;
  role?: string | null;
  teamId?: string | null;
}
export interface PointItem {
  week: string;
  score?: number | null;
  band?: string | null;
}
export interface PortfolioItem {
  customer: CustomerItem;
  owner?: string | null;
  segment?: string | null;
  renewalDate?: string | null;
  score?: number | null;
  band?: string | null;
  risk?: string | null;
}
export interface Preview {
  customers: number;
  changed: number;
  before: BandCount[];
  after: BandCount[];
  items: PreviewItem[];
}
export interface PreviewItem {
  customer: CustomerName;
  before: Health;
  after: Health;
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: ProblemErrorAt[] | null;
  retryAt?: string | null;
}
export interface ProblemErrorAt {
  pointer: string;
  detail: string;
}
export interface PromiseItem {
  id: string;
  text: string;
  callId: string;
  callTitle?: string | null;
  callStartedAt: string;
  customer?: CustomerItem | null;
  side: string;
  ownerName?: string | null;
  dueDate?: string | null;
  status: string;
  taskId?: string | null;
  url?: string | null;
}
export interface Ready {
  status: string;
  checks: Record<string, Check>;
}
export interface ReindexRequest {
  callId?: string | null;
  customerId?: string | null;
}
export interface Reindexed {
  calls: number;
}
export interface RejectedRow {
  line: number;
  reason: string;
}
export interface Removed {
  calls: number;
  tasks: number;
}
export interface ReplayRequest {
  ids?: string[] | null;
}
export interface Replayed {
  replayed: number;
}
export interface Report {
  fields: NewField[];
  words: NewWord[];
  missing: MissingField[];
  more: number;
}
export interface ResponseFormat {
  type?: string | null;
}
export interface RollbackRequest {
  version?: number | null;
}
export interface Rule {
  insight: string;
  signal: string;
  direction: string;
  weight: number;
  threshold: number;
  unit: string;
}
export interface RuleRequest {
  insight?: string | null;
  signal?: string | null;
  direction?: string | null;
  weight?: number | null;
  threshold?: number | null;
}
export interface SavedSearch {
  id: string;
  name: string;
  q: string;
  customerId?: string | null;
  speaker?: string | null;
  side?: string | null;
  alert: boolean;
  createdAt: string;
}
export interface SavedSearchChange {
  name?: string | null;
  alert?: boolean | null;
}
export interface SavedSearchRequest {
  name?: string | null;
  q?: string | null;
  customerId?: string | null;
  speaker?: string | null;
  side?: string | null;
  alert?: boolean | null;
}
export interface SignalMapping {
  version: number;
  weight: number;
  rules: Rule[];
  changedBy?: string | null;
  changedAt?: string | null;
  restored?: number | null;
  insights: Rule[];
}
export interface Speaker {
  name?: string | null;
  email?: string | null;
  side: string;
}
export interface Speakers {
  callId: string;
  items: SpeakersItem[];
  sides: SpeakersSides;
  basis: SpeakersBasis;
}
export interface SpeakersBasis {
  transcript: string;
  utterances: number;
  timedUtterances: number;
  uncertainUtterances: number;
  talkSeconds?: number | null;
  interjectionSeconds: number;
  pauseSeconds: number;
}
export interface SpeakersItem {
  speaker?: string | null;
  email?: string | null;
  side: string;
  utterances: number;
  words: number;
  talkSeconds?: number | null;
  talkShare?: number | null;
  questions: number;
  longestMonologueSeconds?: number | null;
  longestMonologueStartSeconds?: number | null;
  url?: string | null;
}
export interface SpeakersSides {
  internal?: number | null;
  external?: number | null;
  unknown?: number | null;
}
export interface StreamOptions {
  include_usage?: boolean | null;
}
export interface Sync {
  id: string;
  cause: string;
  state: string;
  window: Window;
  seen: number;
  stored: number;
  unchanged: number;
  failed: number;
  remaining: number;
  requests: number;
  startedAt: string;
  finishedAt?: string | null;
  etaSeconds?: number | null;
  pace?: Pace | null;
  error?: string | null;
}
export interface SyncItem {
  connection: string;
  running: boolean;
  lastSyncedAt?: string | null;
  lastFailedAt?: string | null;
  calls: number;
  newestCallAt?: string | null;
  waiting: number;
  failing: number;
}
export interface SyncRequest {
  from?: string | null;
  to?: string | null;
  confirmRemovals?: boolean | null;
}
export interface SyncStarted {
  syncId: string;
}
export interface Task {
  id: string;
  title: string;
  customerId?: string | null;
  customerName?: string | null;
  assigneeId?: string | null;
  assigneeName?: string | null;
  dueDate?: string | null;
  status: string;
  sourceCallId?: string | null;
  actionItemId?: string | null;
  needsReview: boolean;
  version: number;
  createdAt: string;
}
export interface TaskItem {
  id: string;
  title: string;
  customerId?: string | null;
  customerName?: string | null;
  assigneeId?: string | null;
  assigneeName?: string | null;
  dueDate?: string | null;
  status: string;
  sourceCallId?: string | null;
  actionItemId?: string | null;
  needsReview: boolean;
  version: number;
}
export interface TaskRequest {
  title?: string | null;
  customerId?: string | null;
  assigneeId?: string | null;
  dueDate?: string | null;
  status?: string | null;
  sourceCallId?: string | null;
  needsReview?: boolean | null;
}
export interface Token {
  id: string;
  token: string;
}
export interface TokenRequest {
  name?: string | null;
  expiresAt?: string | null;
}
export interface TokensUsed {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}
export interface TopicItem {
  name: string;
  category?: string | null;
  mentions: number;
  trend: WeekItem[];
  evidence: EvidenceItem[];
}
export interface Tracker {
  tracker: string;
  category?: string | null;
  by?: string | null;
  isNew: boolean;
  calls: number;
  mentions: number;
  firstSeen?: string | null;
  lastSeen?: string | null;
}
export interface TrackerCategories {
  version: number;
  changedBy?: string | null;
  changedAt?: string | null;
  categories: string[];
  trackers: Tracker[];
}
export interface TrackerMapping {
  tracker?: string | null;
  category?: string | null;
}
export interface TrackerMappings {
  mappings?: TrackerMapping[] | null;
  version?: number | null;
}
export interface Transcript {
  callId: string;
  transcript: string;
  language?: string | null;
  speakers: Speaker[];
  total: number;
  focus?: number | null;
  utterances: Utterance[];
}
export interface TranscriptItem {
  callId: string;
  title?: string | null;
  startedAt: string;
  url?: string | null;
  href: string;
  utterances: UtteranceItem[];
  total: number;
}
export interface Trend {
  tracker: string;
  category?: string | null;
  week?: string | null;
  month?: string | null;
  customer?: CustomerName | null;
  owner?: string | null;
  count: number;
  previous: number;
  change?: number | null;
  calls: number;
  previousCalls: number;
  callsWith: number;
  previousCallsWith: number;
  chance: number;
  significant: boolean;
}
export interface TrendItem {
  tracker: string;
  category?: string | null;
  week?: string | null;
  month?: string | null;
  customer?: CustomerItem | null;
  owner?: string | null;
  count: number;
  previous: number;
  change?: number | null;
  calls: number;
  callsWith: number;
  significant: boolean;
}
export interface Turn {
  message: string;
  answer: Answer;
  at: string;
}
export interface Unmatched {
  id: string;
  externalId: string;
  title?: string | null;
  startedAt: string;
  durationSeconds: number;
  customer?: CustomerName | null;
  owner?: string | null;
  participants: MeetingAttendee[];
  summary?: string | null;
  state: string;
  transcript: string;
  url?: string | null;
  actionItemCount: number;
  reason?: string | null;
  candidates: MeetingDetailCandidate[];
}
export interface Utterance {
  index: number;
  speaker?: string | null;
  side: string;
  startSeconds: number;
  endSeconds: number;
  text: string;
  uncertain: boolean;
  url?: string | null;
}
export interface UtteranceItem {
  index: number;
  speaker?: string | null;
  side: string;
  startSeconds: number;
  endSeconds: number;
  text: string;
  url?: string | null;
}
export interface WeekItem {
  week: string;
  count: number;
}
export interface Window {
  from: string;
  until: string;
}

/** What operations take and answer, by method and path; errors are Problem, under /v1 OpenAiError. */
export interface Api {
  "GET /metrics": { answer: string };
  "GET /healthz": { answer: Alive };
  "GET /readyz": { answer: Ready };
  "POST /api/integrations/chorus/connect": { body: Connect; answer: Connected | Authorizing };
  "GET /api/integrations/chorus/oauth/start": { answer: Authorizing };
  "GET /api/integrations/chorus/oauth/callback": { query?: { state?: string; code?: string; error?: string; error_description?: string; error_uri?: string; iss?: string; session_state?: string; scope?: string; prompt?: string }; answer: Connected };
  "GET /api/integrations/chorus": { answer: Connection };
  "DELETE /api/integrations/chorus": { answer: void };
  "GET /api/chorus/meetings": { query?: { customerId?: string; from?: string; to?: string; participant?: string; ownerId?: string; title?: string; externalId?: string; hasOpenActionItems?: boolean; state?: "done" | "processing" | "scheduled" | "live" | "no_show" | "failed" | "unknown"; sort?: "newest" | "oldest" | "longest"; limit?: number; cursor?: string }; answer: PageOfMeeting };
  "GET /api/chorus/meetings/{id}": { path: { id: string }; answer: MeetingDetail };
  "GET /api/chorus/unmatched": { query?: { from?: string; to?: string; limit?: number; cursor?: string }; answer: PageOfUnmatched };
  "POST /api/chorus/meetings/{id}/customer": { path: { id: string }; body: LinkRequest; answer: MeetingDetail };
  "GET /api/chorus/meetings/{id}/transcript": { path: { id: string }; query?: { from?: number; to?: number; speaker?: string; side?: "internal" | "external" | "unknown"; around?: number; at?: number; before?: number; after?: number; format?: "json" | "txt" | "vtt" | "srt" }; answer: Transcript | string };
  "GET /api/chorus/meetings/{id}/speakers": { path: { id: string }; answer: Speakers };
  "GET /api/customers": { query?: { limit?: number; cursor?: string }; answer: PageOfCustomer };
  "POST /api/customers": { body: CustomerRequest; answer: Customer };
  "POST /api/customers/import": { body: string; answer: Imported };
  "GET /api/customers/{id}": { path: { id: string }; answer: Customer };
  "PATCH /api/customers/{id}": { path: { id: string }; body: CustomerRequest; answer: Customer };
  "DELETE /api/customers/{id}": { path: { id: string }; query?: { reassign?: string }; answer: Removed };
  "GET /api/chorus/customer/{customerId}": { path: { customerId: string }; answer: CustomerHistory };
  "GET /api/chorus/search": { query: { q: string; customerId?: string; from?: string; to?: string; speaker?: string; side?: "internal" | "external" | "unknown"; mode?: "lexical" | "semantic" | "hybrid"; facets?: boolean; limit?: number; cursor?: string }; answer: Found };
  "POST /api/chorus/search/reindex": { body?: ReindexRequest; answer: Reindexed };
  "GET /api/searches": { query?: { limit?: number; cursor?: string }; answer: PageOfSavedSearch };
  "POST /api/searches": { body: SavedSearchRequest; answer: SavedSearch };
  "PATCH /api/searches/{id}": { path: { id: string }; body: SavedSearchChange; answer: SavedSearch };
  "DELETE /api/searches/{id}": { path: { id: string }; answer: void };
  "GET /api/alerts": { query?: { unseen?: boolean; limit?: number; cursor?: string }; answer: PageOfAlert };
  "POST /api/alerts/{id}/seen": { path: { id: string }; answer: void };
  "GET /api/chorus/insights/{customerId}": { path: { customerId: string }; query?: { from?: string; to?: string }; answer: Insights };
  "GET /api/chorus/insights": { query?: { from?: string; to?: string; limit?: number; cursor?: string }; answer: PageOfInsights };
  "GET /api/customers/{id}/health": { path: { id: string }; answer: Health };
  "GET /api/chorus/health": { query?: { band?: "red" | "yellow" | "green"; ownerId?: string; sort?: "lowest" | "name"; limit?: number; cursor?: string }; answer: PageOfHealth };
  "GET /api/chorus/signal-mappings": { answer: SignalMapping };
  "PUT /api/chorus/signal-mappings": { body: MappingRequest; answer: SignalMapping };
  "POST /api/chorus/signal-mappings/preview": { query?: { limit?: number }; body: MappingRequest; answer: Preview };
  "GET /api/chorus/signal-mappings/history": { query?: { limit?: number; cursor?: string }; answer: PageOfSignalMapping };
  "POST /api/chorus/signal-mappings/rollback": { body: RollbackRequest; answer: SignalMapping };
  "GET /api/chorus/trackers/trends": { query?: { from?: string; to?: string; customerId?: string; ownerId?: string; tracker?: string; category?: string; groupBy?: "week" | "month" | "customer" | "owner"; limit?: number; cursor?: string }; answer: PageOfTrend };
  "GET /api/chorus/trackers/mentions": { query?: { from?: string; to?: string; customerId?: string; tracker?: string; category?: string; side?: "internal" | "external" | "unknown"; limit?: number; cursor?: string }; answer: PageOfMention };
  "GET /api/chorus/tracker-categories": { answer: TrackerCategories };
  "PUT /api/chorus/tracker-categories": { body: TrackerMappings; answer: TrackerCategories };
  "POST /api/chat": { body: ChatRequest; answer: Answer | string };
  "POST /api/chat/actions/{id}": { path: { id: string }; answer: Answer };
  "GET /api/chat/{conversationId}": { path: { conversationId: string }; answer: Conversation };
  "GET /v1/models": { answer: ModelList };
  "POST /v1/chat/completions": { body: CompletionRequest; answer: Completion | string };
  "GET /api/tasks": { query?: { customerId?: string; assigneeId?: string; status?: "open" | "done" | "dismissed"; dueBefore?: string; overdue?: boolean; limit?: number; cursor?: string }; answer: PageOfTask };
  "POST /api/tasks": { body: TaskRequest; answer: Task };
  "GET /api/tasks/{id}": { path: { id: string }; answer: Task };
  "PATCH /api/tasks/{id}": { path: { id: string }; body: TaskRequest; answer: Task };
  "POST /api/chorus/sync": { body?: SyncRequest; answer: SyncStarted };
  "GET /api/chorus/sync": { query?: { limit?: number; cursor?: string }; answer: PageOfSync };
  "GET /api/chorus/sync/accuracy": { answer: Accuracy };
  "GET /api/chorus/sync/{id}": { path: { id: string }; answer: Sync | string };
  "POST /api/chorus/webhook": { query?: { key?: string }; body?: unknown; answer: Accepted };
  "GET /api/hooks": { answer: HookList };
  "POST /api/hooks": { body: HookRequest; answer: HookAdded };
  "GET /api/hooks/deliveries": { query?: { hookId?: string; state?: "pending" | "delivered" | "dead"; limit?: number; cursor?: string }; answer: PageOfDelivery };
  "POST /api/hooks/deliveries/replay": { body?: HookReplay; answer: HookReplayed };
  "DELETE /api/hooks/{id}": { path: { id: string }; answer: void };
  "GET /api/chorus/quarantine": { query?: { limit?: number; cursor?: string }; answer: PageOfEntry };
  "POST /api/chorus/quarantine": { body?: ReplayRequest; answer: Replayed };
  "GET /api/integrations/chorus/drift": { answer: Report };
  "GET /api/users": { query?: { limit?: number; cursor?: string }; answer: PageOfPerson };
  "POST /api/users": { body: PersonRequest; answer: Person };
  "POST /api/users/{id}/tokens": { path: { id: string }; body: TokenRequest; answer: Token };
  "GET /openapi.json": { answer: unknown };
}

/** What POST /api/chat streams when it is asked for text/event-stream; done or error comes last. */
export type ChatEvent =
  | { event: "tool"; data: AnswerToolCall }
  | { event: "card"; data: AnswerCard }
  | { event: "delta"; data: { text: string } }
  | { event: "done"; data: Answer }
  | { event: "error"; data: Problem };
