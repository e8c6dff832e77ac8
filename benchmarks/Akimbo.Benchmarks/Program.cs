using System.Diagnostics;
using System.Globalization;
using Akimbo.Models.LitePose;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

// Times LitePose on random weights. Arguments: threads (default: all), rounds (default: 21), "layers" for a profile.
int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 21;

var network = new LitePose();
var random = new Random(1);
foreach (var parameter in network.Parameters)
{
    var value = new Tensor(parameter.Shape);
    foreach (ref float v in value.Span) v = parameter.Name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : (random.NextSingle() - 0.5f) * 0.2f;
    parameter.Value = value;
}

var input = new Tensor([1, 3, 448, 640]);
foreach (ref float v in input.Span) v = random.NextSingle() - 0.5f;

var graph = network.Trace(input.Shape);
Console.WriteLine($"LitePose {input.Shape}: {graph.MultiplyAdds / 1e9:F2} GMACs, {SimdPaths.Best}, {threads} threads");
using var pool = new WorkerPool(threads);
var compiled = new CompiledNetwork(network, pool);
var watch = Stopwatch.StartNew();
compiled.Run(input);
Console.WriteLine($"first run {watch.Elapsed.TotalMilliseconds:F1} ms");
for (int i = 0; i < 5; i++) compiled.Run(input);

var times = new List<double>();
for (int i = 0; i < rounds; i++)
{
    watch.Restart();
    compiled.Run(input);
    times.Add(watch.Elapsed.TotalMilliseconds);
}

times.Sort();
double median = times[times.Count / 2];
Console.WriteLine($"median {median:F1} ms (min {times[0]:F1}, max {times[^1]:F1}), {2 * graph.MultiplyAdds / median / 1e6:F0} GFLOP/s");

if (args.Contains("layers"))
{
    var program = compiled.ProgramFor(input.Shape);
    foreach (var (name, milliseconds) in program.Profile(input, pool, rounds: 5).OrderByDescending(step => step.Milliseconds).Take(40))
        Console.WriteLine($"{milliseconds,8:F3} ms  {name}");
    Console.WriteLine($"arena {program.ArenaLength * 4L >> 20} MiB");
}
