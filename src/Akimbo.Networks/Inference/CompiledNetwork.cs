using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Inference;

/// <summary>
/// A network ready to run: BatchNorm folded, activations and additions fused, weights packed, memory planned. Shapes are
/// compiled when they first come and kept. One instance serves one thread at a time; <see cref="Share"/> makes another for a
/// second thread over the same weights.
/// </summary>
public sealed class CompiledNetwork
{
    private const int MaxPrograms = 16;
    private readonly Network _network;
    private readonly WorkerPool _pool;
    private readonly PackedWeights _weights;
    private readonly ProgramMemory _memory;
    private readonly Dictionary<Shape, CompiledProgram> _programs = [];
    private readonly Dictionary<Shape, BatchProgram> _batches = [];

    /// <summary>Prepares a network whose weights are loaded.</summary>
    /// <param name="network">The network; its parameters must not change afterwards.</param>
    /// <param name="pool">The threads that run it.</param>
    /// <param name="path">The vector width; the best of the machine when null.</param>
    public CompiledNetwork(Network network, WorkerPool pool, SimdPath? path = null) : this(network, pool, new PackedWeights(path ?? SimdPaths.Best))
    {
    }

    private CompiledNetwork(Network network, WorkerPool pool, PackedWeights weights)
    {
        _network = network;
        _pool = pool;
        _weights = weights;
        _memory = new ProgramMemory(pool.ThreadCount);
    }

    /// <summary>Another instance over the same weights, with memory of its own, for a second thread.</summary>
    /// <param name="pool">The threads that run it; those of this instance when null.</param>
    public CompiledNetwork Share(WorkerPool? pool = null) => new(_network, pool ?? _pool, _weights);

    /// <summary>Computes the network's outputs. After the first call with a shape, calls with it allocate nothing.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>The outputs, [N, C', H', W'] each; the next call with the same shape overwrites them.</returns>
    /// <exception cref="ArgumentException">The network cannot take an input of this shape.</exception>
    /// <exception cref="NotSupportedException">The input is too large for one program.</exception>
    public IReadOnlyList<Tensor> Run(Tensor input) => input.Shape is { Rank: 4 } shape && shape[0] > BatchProgram.MaxPartImages
        ? BatchFor(shape).Run(input, _pool)
        : ProgramFor(input.Shape).Run(input.Memory, _pool);

    /// <summary>Times every kernel call.</summary>
    /// <param name="input">As for <see cref="Run"/>.</param>
    /// <param name="rounds">Runs of which each time is the median, 1 or more.</param>
    /// <returns>The kernel calls in order, with those that change the layout of inputs and outputs.</returns>
    /// <exception cref="ArgumentException">The network cannot take an input of this shape, or there are no rounds.</exception>
    /// <exception cref="NotSupportedException">The input is too large for one program.</exception>
    public IReadOnlyList<LayerTiming> Profile(Tensor input, int rounds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var program = ProgramFor(input.Shape);
        var times = program.Profile(input, _pool, rounds);
        return [.. program.Steps.Select((step, i) => new LayerTiming(step.Name, step.MultiplyAdds, times[i].Milliseconds))];
    }

    internal CompiledProgram ProgramFor(Shape shape)
    {
        if (_programs.TryGetValue(shape, out var program)) return program;
        if (shape.Rank != 4) throw new ArgumentException($"{_network.Name}: the input is {shape}; expected [N, C, H, W].", nameof(shape));
        if (_programs.Count == MaxPrograms) _programs.Clear();
        program = Compile(shape, _memory, _pool.ThreadCount);
        _programs.Add(shape, program);
        return program;
    }

    private BatchProgram BatchFor(Shape shape)
    {
        if (_batches.TryGetValue(shape, out var batch)) return batch;
        if (_batches.Count == MaxPrograms) _batches.Clear();
        batch = CompileBatch(shape);
        _batches.Add(shape, batch);
        return batch;
    }

    private BatchProgram CompileBatch(Shape shape)
    {
        return new BatchProgram(shape, _network.Trace(shape).Outputs.Select(output => output.Shape),
            images => Compile(Of(images), new ProgramMemory(workers: 1), threads: 1), images => ProgramFor(Of(images)), _pool.ThreadCount);

        Shape Of(int images) => [images, shape[1], shape[2], shape[3]];
    }

    private CompiledProgram Compile(Shape shape, ProgramMemory memory, int threads) => new(_network.Trace(shape), _weights, memory, threads);
}
