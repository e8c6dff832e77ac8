using System.Diagnostics;
using System.Globalization;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

// "evaluation" and a scale (1) times COCO's evaluation.
if (args is ["evaluation", ..])
{
    EvaluationBenchmark.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1);
    return;
}

// "prepare" writes a model for the engines of benchmarks/peers; "time" is this engine among them. "train" takes training steps
// of an hourglass beside a peer: stacks or "small", side, batch, threads; "train-profile" times the parts of one.
switch (args)
{
    case ["prepare", var modelName, var size, var folder]:
        int[] sides = [.. size.Split('x').Select(side => int.Parse(side, CultureInfo.InvariantCulture))];
        PreparedModel.Write(modelName, sides[0], sides[1], folder);
        return;
    case ["time", var file, var inputFile, var threadCount]:
        LineEngine.Serve(file, inputFile, int.Parse(threadCount, CultureInfo.InvariantCulture));
        return;
    case [("train" or "train-profile") and var word, ..] when args.Length == 5:
        int[] sizes = [.. args[2..].Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        Action<string, int, int, int> serve = word == "train" ? TrainingEngine.Serve : TrainingEngine.Profile;
        serve(args[1], sizes[0], sizes[1], sizes[2]);
        return;
}

// "input", a data set and a side (128) times what training does to pictures.
if (args is ["input", var dataset, ..])
{
    InputBenchmark.Run(dataset, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 128);
    return;
}

// Times a network of the catalogue on random weights. Arguments: model, threads (1), rounds (21), "layers" for a profile.
string name = args.Length > 0 ? args[0] : "lite-pose";
int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
int rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 21;

var model = ModelCatalog.Create(name);
var network = model.Architecture.CreateNetwork();
network.FillRandomly(seed: 1);
var input = new Tensor(model.Task switch
{
    TopDownTask task => [1, 3, task.InputHeight, task.InputWidth],
    SquareBottomUpTask task => [1, 3, task.BaseSize, task.BaseSize],
    _ => [1, 3, 448, 640],
});
var random = new Random(1);
foreach (ref float value in input.Span) value = random.NextSingle() - 0.5f;

var graph = network.Trace(input.Shape);
using var pool = new WorkerPool(threads);
var compiled = new CompiledNetwork(network, pool);
var watch = Stopwatch.StartNew();
compiled.Run(input);
double first = watch.Elapsed.TotalMilliseconds;
for (int i = 0; i < 3; i++) compiled.Run(input);

double[] times = new double[rounds];
for (int i = 0; i < rounds; i++)
{
    watch.Restart();
    compiled.Run(input);
    times[i] = watch.Elapsed.TotalMilliseconds;
}

Array.Sort(times);
double median = times[rounds / 2];
Console.WriteLine($"{name} {input.Shape}, {graph.MultiplyAdds / 1e9:F2} GMACs, {SimdPaths.Best}, {threads} threads: median {median:F1} ms (min {times[0]:F1}, max {times[^1]:F1}), {2 * graph.MultiplyAdds / median / 1e6:F0} GFLOP/s, first run {first:F0} ms");

if (args.Contains("layers"))
{
    var program = compiled.ProgramFor(input.Shape);
    foreach (var (step, milliseconds) in program.Profile(input, pool, rounds: 5).OrderByDescending(step => step.Milliseconds).Take(40))
        Console.WriteLine($"{milliseconds,8:F3} ms  {step}");
    Console.WriteLine($"arena {program.ArenaLength * 4L >> 20} MiB");
}
