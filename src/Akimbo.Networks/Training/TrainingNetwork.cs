using Akimbo.Networks.Inference;
using Akimbo.Networks.Training.Compilation;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training;

/// <summary>
/// A network that learns. A step is: <see cref="Forward"/>, a loss that reads the outputs and fills <see cref="OutputGradients"/>,
/// <see cref="Backward"/>, which adds to the gradients of the <see cref="Parameters"/>, an optimizer that changes the parameters
/// by them, and <see cref="ZeroGradients"/>. Several forward and backward passes before the optimizer accumulate gradients.
/// Results are the same to the bit for every number of threads and every run. One thread uses an instance at a time.
/// </summary>
public sealed class TrainingNetwork
{
    private const int MaxPrograms = 4;
    private readonly WorkerPool _pool;
    private readonly CompilationContext _context;
    private readonly Dictionary<Shape, TrainingProgram> _programs = [];
    private TrainingProgram? _current;

    /// <summary>Prepares a network whose weights are loaded or set.</summary>
    /// <param name="network">The network. Its parameters are trained in place; whoever changes them between two passes is heard.</param>
    /// <param name="inputShape">[N, C, H, W] of the batches to come. Other shapes are taken too, and compiled when they first come.</param>
    /// <param name="pool">The threads that run it.</param>
    /// <param name="options">What is trained; everything when null.</param>
    /// <param name="path">The vector width; the best of the machine when null.</param>
    /// <exception cref="ArgumentException">The network cannot take such an input, or the options do not fit it.</exception>
    /// <exception cref="InvalidOperationException">A parameter has no value.</exception>
    public TrainingNetwork(Network network, Shape inputShape, WorkerPool pool, TrainingOptions? options = null, SimdPath? path = null)
    {
        Network = network;
        Options = options ?? new TrainingOptions();
        Options.Validate(network);
        _pool = pool;
        var trained = new TrainedParameters(network, network.Trace(inputShape), Options);
        _context = new CompilationContext(trained, Options, new ProgramMemory(pool.ThreadCount), path ?? SimdPaths.Best, pool.ThreadCount);
        _current = ProgramFor(inputShape);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What is trained.</summary>
    public TrainingOptions Options { get; }

    /// <summary>
    /// The parameters that get gradients, in the network's order: neither buffers nor frozen parts, nor layers that the outputs do
    /// not depend on.
    /// </summary>
    public IReadOnlyList<TrainedParameter> Parameters => _context.Trained.All;

    /// <summary>The shapes of the outputs for the last input, or for the constructor's shape before the first.</summary>
    public IReadOnlyList<Shape> OutputShapes => [.. Current.OutputGradients.Select(output => output.Shape)];

    /// <summary>
    /// Where a loss leaves its gradients by the outputs of the last <see cref="Forward"/>, of the outputs' shapes. They are not
    /// cleared: every value must be written before each <see cref="Backward"/>.
    /// </summary>
    public IReadOnlyList<Tensor> OutputGradients => Current.OutputGradients;

    /// <summary>
    /// Computes the outputs, with the statistics of the batch in BatchNorms that are not frozen, and updates their running
    /// statistics.
    /// </summary>
    /// <param name="input">[N, C, H, W]; it must not change until <see cref="Backward"/> has run.</param>
    /// <returns>The outputs; the next call overwrites them.</returns>
    /// <exception cref="ArgumentException">The network cannot take an input of this shape.</exception>
    public IReadOnlyList<Tensor> Forward(Tensor input)
    {
        _current = ProgramFor(input.Shape);
        return _current.Forward(input, _pool);
    }

    /// <summary>Adds to the gradients of all <see cref="Parameters"/> those by the <see cref="OutputGradients"/>.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass.</exception>
    public void Backward()
    {
        Current.Backward(_pool);
        foreach (var parameter in Parameters) parameter.HoldsGradient = true;
    }

    /// <summary>Makes all gradients zero.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in Parameters) parameter.HoldsGradient = false;
    }

    internal TrainingProgram Current => _current!;

    private TrainingProgram ProgramFor(Shape shape)
    {
        if (_programs.TryGetValue(shape, out var program)) return program;
        if (_programs.Count == MaxPrograms) _programs.Clear();
        program = new TrainingProgram(Network.Trace(shape), _context);
        _programs.Add(shape, program);
        return program;
    }
}
