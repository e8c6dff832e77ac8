using Akimbo.Cli.Evaluation;
using Akimbo.Export;
using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Networks.Benchmarks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;

namespace Akimbo.Cli.Bench;

/// <summary>What is timed: every model with every number of threads and images.</summary>
internal sealed record BenchPlan
{
    private const int RandomSeed = 1;
    private const int MostThreads = 1024;
    private const int MostImages = 1024;

    /// <summary>Models of the catalog that are timed when none is named.</summary>
    public static IReadOnlyList<string> DefaultModels { get; } = ["lite-pose", "hrnet-w32", "hourglass-2"];

    /// <summary>Names of the catalog, or files with weights; empty for <see cref="DefaultModels"/>.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Numbers of threads; empty for 1 and one a core.</summary>
    public IReadOnlyList<int> Threads { get; init; } = [];

    /// <summary>Images in one run; empty for 1.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [];

    /// <summary>The input's size in pixels; null for each model's own.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>How often a network runs.</summary>
    public NetworkBenchmarkOptions Options { get; init; } = new();

    /// <summary>Where everything is written; - for standard output in place of the tables; null for nowhere.</summary>
    public string? JsonPath { get; init; }

    /// <summary>Whether costs are found first by which kernels are planned.</summary>
    public bool Tunes { get; init; }

    /// <summary>Times everything and writes the results.</summary>
    /// <exception cref="UsageException">A number or the file is impossible.</exception>
    public void Run(TextWriter output)
    {
        Check();
        if (Tunes) Tune(JsonPath == ReportOutput.StandardOutput ? TextWriter.Null : output);
        var benchmarks = (Threads.Count > 0 ? Threads : DefaultThreads).Select(threads => new NetworkBenchmark(threads)).ToList();
        try
        {
            BenchReport.Write([.. Measure(benchmarks)], JsonPath, output);
        }
        finally
        {
            foreach (var benchmark in benchmarks) benchmark.Dispose();
        }
    }

    private static int[] DefaultThreads => Environment.ProcessorCount == 1 ? [1] : [1, Environment.ProcessorCount];

    private void Check()
    {
        ReportOutput.CheckFile("--json", JsonPath);
        if (Threads.Any(threads => threads > MostThreads)) throw new UsageException($"--threads takes 1 to {MostThreads}.");
        if (Batches.Any(images => images > MostImages)) throw new UsageException($"--batch takes 1 to {MostImages}.");
    }

    private void Tune(TextWriter output)
    {
        int images = Batches.Count > 0 ? Batches[0] : 1;
        (Network, Shape)[] networks = [.. ModelNames.Select(Load).Select(loaded => (loaded.Network, InputOf(loaded.Model, images)))];
        TuningResult result = new KernelTuning(networks, Threads.Count > 0 ? Threads : DefaultThreads).Run(trial =>
            output.WriteLine(FormattableString.Invariant($"{trial.Cost} × {trial.Factor}: {trial.Ratio:0.000} of the time{(trial.IsKept ? ", kept" : "")}")));
        output.WriteLine(FormattableString.Invariant($"{result.Ratio:0.000} of the time before; kept in {result.File}"));
    }

    private IReadOnlyList<string> ModelNames => Models.Count > 0 ? Models : DefaultModels;

    private Shape InputOf(PoseModel model, int images)
    {
        var (width, height) = Size ?? PoseExport.InputSizeOf(model);
        return [images, 3, height, width];
    }

    private IEnumerable<ModelTiming> Measure(List<NetworkBenchmark> benchmarks)
    {
        foreach (string name in ModelNames)
        {
            var (model, network) = Load(name);
            foreach (int images in Batches.Count > 0 ? Batches : [1])
                foreach (var benchmark in benchmarks)
                    yield return new ModelTiming(model.Name, benchmark.Run(network, InputOf(model, images), Options));
        }
    }

    private static (PoseModel Model, Network Network) Load(string name)
    {
        var (model, network) = ModelArgument.Load(name, weights: null);
        if (network.Parameters.Any(parameter => !parameter.HasValue && !parameter.IsOptional)) network.FillRandomly(RandomSeed);
        return (model, network);
    }
}

/// <summary>The time of one network.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Timing">The time.</param>
internal sealed record ModelTiming(string Model, NetworkTiming Timing);
