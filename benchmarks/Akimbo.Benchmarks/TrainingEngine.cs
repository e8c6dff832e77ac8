using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Akimbo.Models;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks.Training;
using Akimbo.Networks.Training.Optimizers;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Training.Losses;

/// <summary>
/// Training steps of an hourglass for benchmarks/peers, as <c>time-training.py</c> takes them in PyTorch: forward, mean squared
/// error, backward and Adam on one batch of random numbers. Each line of standard input is answered with milliseconds.
/// </summary>
internal sealed class TrainingEngine : IDisposable
{
    private const int WarmUpSteps = 3;
    private readonly WorkerPool _pool;
    private readonly TrainingNetwork _network;
    private readonly Adam _optimizer;
    private readonly Tensor _input;
    private readonly Tensor _target;

    private TrainingEngine(string name, int side, int batch, int threads)
    {
        var (options, keypoints) = OptionsOf(name);
        var network = options.CreateNetwork();
        network.FillRandomly(seed: 1);
        _pool = new WorkerPool(threads);
        (_input, _target) = (Random([batch, 3, side, side]), Random([batch, keypoints, side / 4, side / 4]));
        _network = new TrainingNetwork(network, _input.Shape, _pool);
        _optimizer = new Adam(_network.Parameters, new AdamOptions { LearningRate = 1e-4 });
    }

    /// <summary>Serves standard input until it ends or says <c>quit</c>.</summary>
    public static void Serve(string network, int side, int batch, int threads)
    {
        using var engine = new TrainingEngine(network, side, batch, threads);
        for (int i = 0; i < WarmUpSteps; i++) engine.Step();
        Console.WriteLine($"ready Akimbo on {RuntimeInformation.FrameworkDescription}, {SimdPaths.Best}");
        while (Console.ReadLine() is { } line && line != "quit")
            Console.WriteLine(engine.Step().ToString("F4", CultureInfo.InvariantCulture));
    }

    /// <summary>Prints the kernel calls of a step, the slowest first, and those of a kind together.</summary>
    public static void Profile(string network, int side, int batch, int threads)
    {
        const int steps = 5;
        using var engine = new TrainingEngine(network, side, batch, threads);
        for (int i = 0; i < WarmUpSteps; i++) engine.Step();
        var times = new Dictionary<string, double>();
        engine._network.Current.Observer = (name, time) => times[name] = times.GetValueOrDefault(name) + time.TotalMilliseconds / steps;
        double total = Enumerable.Range(0, steps).Sum(_ => engine.Step()) / steps;
        Console.WriteLine($"{total:F1} ms a step, {times.Values.Sum():F1} in kernels, arena {engine._network.Current.ArenaLength * 4L >> 20} MiB");
        foreach (var kind in times.GroupBy(entry => entry.Key[..entry.Key.IndexOf(' ')]).OrderByDescending(kind => kind.Sum(entry => entry.Value)))
            Console.WriteLine($"{kind.Sum(entry => entry.Value),9:F2} ms  {kind.Key}");
        foreach (var (name, time) in times.OrderByDescending(entry => entry.Value).Take(60)) Console.WriteLine($"{time,9:F3} ms  {name}");
    }

    public void Dispose() => _pool.Dispose();

    private double Step()
    {
        long start = Stopwatch.GetTimestamp();
        var outputs = _network.Forward(_input);
        foreach (var gradient in _network.OutputGradients) gradient.Span.Clear();
        HeatmapLoss.Add(outputs, _target, mask: null, weight: 1, _network.OutputGradients);
        _network.Backward();
        _optimizer.Step(_pool);
        _network.ZeroGradients();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The network of the recipe for Leeds Sports Pose Extended, or Stacked Hourglass of as many stacks as the name says.</summary>
    private static (INetworkOptions Options, int Keypoints) OptionsOf(string name)
    {
        if (name == "small") return (new BearpawHourglassOptions { Stacks = 1, Keypoints = 14, StemChannels = 32, Features = 64 }, 14);
        var options = new StackedHourglassOptions { Stacks = int.Parse(name, CultureInfo.InvariantCulture) };
        return (options, options.Keypoints);
    }

    private static Tensor Random(Shape shape)
    {
        var tensor = new Tensor(shape);
        var random = new Random(1);
        foreach (ref float value in tensor.Span) value = random.NextSingle();
        return tensor;
    }
}
