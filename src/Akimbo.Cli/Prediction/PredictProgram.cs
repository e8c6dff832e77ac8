using System.Runtime.InteropServices;

namespace Akimbo.Cli.Prediction;

/// <summary>A run in a process: a real estimator, the process's streams, and Ctrl-C.</summary>
internal static class PredictProgram
{
    private const string TimingVariable = "AKIMBO_TIMING";

    /// <summary>Checks everything, loads the networks and does the plan.</summary>
    /// <param name="networks">The networks and where their boxes come from.</param>
    /// <param name="makePlan">Finds the images, once the options are known to be sound.</param>
    /// <param name="showTiming">Whether to say where the time went.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(EstimatorPlan networks, Func<PredictPlan> makePlan, bool showTiming)
    {
        networks.Check();
        var plan = makePlan().WithBoxes(networks.Boxes);

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopAfterImage);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopAfterImage);
        var timing = showTiming || Environment.GetEnvironmentVariable(TimingVariable) == "1" ? new TimingReport() : null;

        using var loaded = timing?.Load(networks.Load) ?? networks.Load();
        var estimator = loaded.Estimator;
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        bool sharesTerminal = plan.JsonOutput == PredictPlan.StandardOutput && !Console.IsOutputRedirected;
        var console = new PredictConsole(input, output, Console.Error, isInteractive: !Console.IsErrorRedirected && !sharesTerminal);

        int exitCode = new PredictRun(plan, new LoadedEstimator(estimator, timing), console).Execute(stop.Token);
        timing?.Write(Console.Error);
        return exitCode;

        // The first signal lets the image at hand finish and clean up; the second ends the process at once.
        void StopAfterImage(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
