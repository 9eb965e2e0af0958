/**
 * The worlds of the host.
 *
 * <pre>
 *  event loops: HostWorlds ─▸ HostSession, its inbox ─▸ Membership ─▸ ReadyList
 *               and SessionLink: its connection, which may be lost, and its Tokens
 *                                                                        │ a frame
 *  FrameLoop ─▸ HostWorld ─▸ Schedule, Mail, Turns ◂─────────────────────┘
 *   a thread     a world      Heartbeats, Departures ─▸ PacketBatch ─▸ event loops
 *                  │ Calls
 *                  ▼
 *               Tenure: a version's World, with its HostContext
 *
 *  versions:  HostWorlds ─▸ Realm, of one service ─▸ Takeover ─▸ Attempt ─▸ Probation
 *  the end:   Realm ─▸ Closing ─▸ Settling ─▸ Rest, of each world; Parking ─▸ park
 *  operators: slipway.world~NAME ─▸ WorldConfiguration ─▸ WorldRules ─▸ Directory
 *             slipway.worlds ─▸ LoopsRule ─▸ Loops ─▸ FrameLoop, and LoopUse of each
 *             RecordVerbs ─▸ Recording, of what a Recorder notes ─▸ record
 *             RecordVerbs ─▸ Replay ─▸ Retelling, to a Candidate; a Rehearsal retells, too
 *             WorldsCommand ─▸ Directory ─▸ Recent, of WorldCounts;  WorldsWatch ─▸ LoopWatch
 *             WorldDetails ─▸ WorldStory ◂── Rehearsal, Attempt, Probation
 * </pre>
 *
 * <p>A world belongs to the loop that it is in, and a realm to the control thread. Event loops
 * reach a world by its mail and its ready list alone.
 */
package slipway.server.world;
