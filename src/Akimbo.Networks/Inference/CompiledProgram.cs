using System.Diagnostics;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Networks.Inference;

/// <summary>A network for one input shape: kernel calls over planned memory.</summary>
internal sealed class CompiledProgram
{
    private readonly ProgramMemory _memory;
    private readonly List<Step> _steps = [];
    private readonly Tensor[] _outputs;
    private readonly int _arenaLength;
    private readonly int _scratchLength;

    /// <summary>Compiles a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The weights, packed when they are first needed.</param>
    /// <param name="memory">The memory it runs in.</param>
    /// <param name="threads">Threads that share each kernel call.</param>
    /// <exception cref="NotSupportedException">The activations would need more memory than an array can hold.</exception>
    public CompiledProgram(Graph graph, PackedWeights weights, ProgramMemory memory, int threads)
    {
        _memory = memory;
        var nodes = GraphFuser.Fuse(graph);
        var kernels = nodes.Select(node => node.Operation is Convolve ? weights.Kernel(node, threads) : null).ToArray();
        var plan = new MemoryPlan(graph, nodes, kernels);
        if (plan.Length > Array.MaxLength - ArenaPlanner.Alignment)
            throw new NotSupportedException($"An input of {graph.Input.Shape} needs {plan.Length * sizeof(float) >> 20} MiB for activations; the limit is {(long)Array.MaxLength * sizeof(float) >> 20} MiB.");
        _arenaLength = (int)plan.Length;

        if (plan.BlockedInput is { } blocked)
            _steps.Add(new BlockingStep(memory, graph.Input.Shape, plan.PlanarInput, blocked));
        for (int i = 0; i < nodes.Count; i++)
        {
            var step = MakeStep(nodes[i], kernels[i], plan, weights);
            step.MultiplyAdds = nodes[i].MultiplyAdds;
            _steps.Add(step);
        }

        _outputs = [.. graph.Outputs.Select(output => new Tensor(output.Shape))];
        for (int i = 0; i < _outputs.Length; i++)
            _steps.Add(MakeOutputStep(plan.Slot(graph.Outputs[i]), _outputs[i]));
        _scratchLength = _steps.Max(step => step.ScratchLength);
    }

    /// <summary>The kernel calls in order.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Floats of planned memory.</summary>
    public int ArenaLength => _arenaLength;

    /// <summary>Computes the outputs; they are overwritten by the next run.</summary>
    public IReadOnlyList<Tensor> Run(ReadOnlyMemory<float> input, WorkerPool pool)
    {
        _memory.Reserve(_arenaLength, _scratchLength);
        _memory.Input = input;
        for (int i = 0; i < _steps.Count; i++) pool.Run(_steps[i], _steps[i].Chunks);
        _memory.Input = default;
        return _outputs;
    }

    /// <summary>The median time of each kernel call over some runs.</summary>
    public IReadOnlyList<(string Name, double Milliseconds)> Profile(Tensor input, WorkerPool pool, int rounds)
    {
        Run(input.Memory, pool);
        _memory.Input = input.Memory;
        var times = new double[_steps.Count][];
        for (int i = 0; i < _steps.Count; i++) times[i] = new double[rounds];
        for (int round = 0; round < rounds; round++)
            for (int i = 0; i < _steps.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                pool.Run(_steps[i], _steps[i].Chunks);
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

        _memory.Input = default;
        foreach (double[] rowOfTimes in times) Array.Sort(rowOfTimes);
        return [.. _steps.Select((step, i) => (step.Name, times[i][rounds / 2]))];
    }

    private Step MakeStep(FusedNode node, ConvolutionKernel? kernel, MemoryPlan plan, PackedWeights weights)
    {
        string name = node.ToString();
        var output = plan.Slot(node.Output);
        Shape to = node.Output.Shape;
        if (kernel is not null)
        {
            var read = kernel.ReadsPlanarInput && plan.IsInput(node.Inputs[0]) ? plan.PlanarInput : plan.Slot(node.Inputs[0]);
            return new ConvolutionStep(name, _memory, kernel, read, node.Residual is null ? null : plan.Slot(node.Residual), output);
        }

        var input = plan.Slot(node.Inputs[0]);
        Shape from = node.Inputs[0].Shape;
        if (!MemoryPlan.IsBlocked(from)) throw new NotSupportedException($"{node.Operation} has no kernel for {from}; only maps [N, C, H, W] are computed further.");
        switch (node.Operation)
        {
            case BatchNormalize normalize:
                var (scale, shift) = normalize.Affine();
                return new AffineStep(name, _memory, weights.Path, to, PadToBlocks(scale), PadToBlocks(shift), node.Range, input, output);
            case Clamp clamp:
                float[] ones = new float[BlockedLayout.Blocks(to[1]) * BlockedLayout.Lanes];
                ones.AsSpan().Fill(1);
                return new AffineStep(name, _memory, weights.Path, to, ones, new float[ones.Length], clamp.Range, input, output);
            case Add when node.Upsample is { } upsample:
                return new NearestAdditionStep(name, _memory, weights.Path, node.Inputs[1].Shape, to, upsample.Scale, node.Range, input, plan.Slot(node.Inputs[1]), output);
            case Add:
                return new AdditionStep(name, _memory, weights.Path, to, node.Range, input, plan.Slot(node.Inputs[1]), output);
            case MaxPool pool:
                return new MaxPoolStep(name, _memory, weights.Path, from, to, pool.GeometryFor(from), input, output);
            case NearestUpsample upsample:
                return new NearestStep(name, _memory, weights.Path, from, to, upsample.Scale, input, output);
            case BilinearUpsample upsample:
                return new BilinearStep(name, _memory, weights.Path, from, to, upsample.AlignCorners, input, output);
            case SoftArgMax locate:
                return new SoftArgMaxStep(name, _memory, locate, from, input, output);
            default:
                throw new NotSupportedException($"{node.Operation} has no kernel.");
        }
    }

    private Step MakeOutputStep(MapSlot slot, Tensor output) =>
        MemoryPlan.IsBlocked(output.Shape) ? new UnblockingStep(_memory, slot, output) : new CopyStep(_memory, slot, output);

    private static float[] PadToBlocks(float[] values)
    {
        Array.Resize(ref values, BlockedLayout.Blocks(values.Length) * BlockedLayout.Lanes);
        return values;
    }
}
