using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;

/// <summary>
/// This engine as benchmarks/peers runs all of them: it loads a model, then does what each line of standard input says and
/// answers with one line. <c>run</c> gives the milliseconds of one run, <c>pair</c> those of two networks in two threads at
/// once, <c>outputs FILE</c> writes the outputs.
/// </summary>
internal sealed class LineEngine : IDisposable
{
    private const int WarmUpRuns = 3;
    private readonly Tensor _input;
    private readonly string _model;
    private readonly int _threads;
    private readonly WorkerPool _pool;
    private readonly CompiledNetwork _network;
    private (WorkerPool Pool, CompiledNetwork Network)? _second;

    private LineEngine(string model, string input, int threads)
    {
        _model = model;
        _threads = threads;
        _input = Safetensors.Load(input)["input"].ToTensor();
        _pool = new WorkerPool(threads);
        _network = Load(_pool);
    }

    /// <summary>Serves standard input until it ends or says <c>quit</c>.</summary>
    public static void Serve(string model, string input, int threads)
    {
        using var engine = new LineEngine(model, input, threads);
        Console.WriteLine($"ready Akimbo {typeof(ModelFile).Assembly.GetName().Version?.ToString(3)} on {RuntimeInformation.FrameworkDescription}, {SimdPaths.Best}");
        while (Console.ReadLine() is { } line && line != "quit")
            Console.WriteLine(engine.Answer(line.Split(' ')).ToString("F4", CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _pool.Dispose();
        _second?.Pool.Dispose();
    }

    private double Answer(string[] words)
    {
        switch (words)
        {
            case ["run"]:
                return Milliseconds(() => _network.Run(_input));
            case ["pair"]:
                return RunPair();
            case ["outputs", var file]:
                IReadOnlyList<Tensor> outputs = [];
                double time = Milliseconds(() => outputs = _network.Run(_input));
                Safetensors.Save(file, outputs.Select((output, i) => KeyValuePair.Create($"output_{i}", output)));
                return time;
            default:
                throw new ArgumentException($"'{string.Join(' ', words)}' is no line; expected run, pair, outputs FILE or quit.");
        }
    }

    private double RunPair()
    {
        if (_second is null)
        {
            var pool = new WorkerPool(_threads);
            _second = (pool, Load(pool));
        }

        var other = _second.Value.Network;
        using var ready = new Barrier(2);
        var thread = new Thread(() =>
        {
            ready.SignalAndWait();
            other.Run(_input);
        });
        thread.Start();
        ready.SignalAndWait();
        return Milliseconds(() =>
        {
            _network.Run(_input);
            thread.Join();
        });
    }

    private CompiledNetwork Load(WorkerPool pool)
    {
        var compiled = new CompiledNetwork(ModelLoader.Load(_model).Network, pool);
        for (int i = 0; i < WarmUpRuns; i++) compiled.Run(_input);
        return compiled;
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
