/**
 * Tests of services without a host: the host's own dispatch, pipeline and hand-over in the thread
 * of the test, and doubles of what the host gives a service.
 *
 * <pre>
 *  {@link slipway.testkit.TestHost} ──connect──▶ {@link slipway.testkit.TestConnection}     one service, and its clients
 *                     {@link slipway.testkit.TestPeer}           a client that speaks packets
 *  {@link slipway.testkit.HandOffs}, {@link slipway.testkit.OwnClasses}            versions, and a hand-off at every byte
 *  {@link slipway.testkit.MemoryAccounts}, {@link slipway.testkit.MemoryDatabase}  what a service asks the host for
 *  {@link slipway.testkit.TestDatabase}                    its tables in a database of the test's choice
 *  {@link slipway.testkit.ManualClock}, {@link slipway.testkit.ManualExecutor}     the time, and when something is answered
 * </pre>
 */
@Export
@Version("1.1.0")
package slipway.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
