using Akimbo.Networks.Inference;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Training.Steps;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>Compiles the forward pass, and keeps what the backward pass needs of it.</summary>
internal sealed class ForwardBuilder(Graph graph, CompilationContext context, StepList steps)
{
    private readonly ProgramMemory _memory = context.Memory;
    private readonly SimdPath _path = context.Path;
    private readonly Dictionary<Value, Map> _maps = [];
    private readonly Dictionary<TrainingNode, RepackedKernel> _convolutions = [];
    private readonly Dictionary<TrainingNode, BatchNormState> _batchNorms = [];
    private readonly Map _callersInput = Map.OfCaller(graph.Input.Shape);

    /// <summary>The nodes in order.</summary>
    public IReadOnlyList<TrainingNode> Nodes { get; } = TrainingNode.Fuse(graph);

    /// <summary>Where a value lies.</summary>
    public Map MapOf(Value value) => _maps[value];

    /// <summary>The state of a node's BatchNorm.</summary>
    public BatchNormState StateOf(TrainingNode node) => _batchNorms[node];

    /// <summary>The node that gives a value by a BatchNorm alone, with or without an activation; null where another does.</summary>
    public TrainingNode? BatchNormOf(Value value) => Nodes.FirstOrDefault(node => node.Output == value && node is { Operation: BatchNormalize, Residual: null });

    /// <summary>Whether a convolution reads the caller's [N, C, H, W].</summary>
    public bool ReadsPlanarInput(TrainingNode node) => _convolutions[node].Kernel.ReadsPlanarInput;

    /// <summary>What a node's operation reads first.</summary>
    public Map InputOf(TrainingNode node) => node.Operation is Convolve && ReadsPlanarInput(node) ? _callersInput : _maps[node.Inputs[0]];

    /// <summary>Adds the steps.</summary>
    /// <param name="outputs">Where the graph's outputs go.</param>
    public void Build(IReadOnlyList<Tensor> outputs)
    {
        foreach (var node in Nodes)
            if (node.Operation is Convolve convolve)
                _convolutions.Add(node, RepackedKernel.Forward(_path, convolve.GeometryFor(node.Inputs[0].Shape), node.Range, isPlanar: node.Inputs[0] == graph.Input, context.Options.UsesWinograd, context.Threads));

        AddRepacking();
        if (Nodes.Any(node => node.Reads.Contains(graph.Input) && !(node.Operation is Convolve && ReadsPlanarInput(node) && node.Residual != graph.Input)))
        {
            var blocked = _maps[graph.Input] = new Map(graph.Input.Shape);
            steps.Add([blocked], () => new BlockingStep(_memory, graph.Input.Shape, _callersInput.Slot, blocked.Slot));
        }

        foreach (var node in Nodes) AddNode(node);
        for (int i = 0; i < outputs.Count; i++) AddOutput(MapOf(graph.Outputs[i]), outputs[i]);
    }

    private void AddRepacking()
    {
        (RepackedKernel, Convolve, bool)[] kernels = [.. Nodes.Where(_convolutions.ContainsKey).Select(node => (_convolutions[node], (Convolve)node.Operation, true))];
        if (kernels.Length > 0) steps.Add([], () => new RepackStep(_memory, kernels));
    }

    private void AddOutput(Map map, Tensor output) =>
        steps.Add([map], () => MemoryPlan.IsBlocked(output.Shape) ? new UnblockingStep(_memory, map.Slot, output) : new CopyStep(_memory, map.Slot, output));

    private void AddNode(TrainingNode node)
    {
        string name = node.ToString();
        Map input = InputOf(node), output = _maps[node.Output] = new Map(node.Output.Shape);
        var residual = node.Residual is null ? null : MapOf(node.Residual);
        Shape from = node.Inputs[0].Shape, to = node.Output.Shape;
        if (!MemoryPlan.IsBlocked(from)) throw new NotSupportedException($"{node.Operation} has no kernel for {from}; only maps [N, C, H, W] are computed further.");
        switch (node.Operation)
        {
            case Convolve:
                var kernel = _convolutions[node].Kernel;
                steps.Add([input, residual, output], () => new ConvolutionStep(name, _memory, kernel, input.Slot, residual?.Slot, output.Slot));
                break;
            case BatchNormalize normalize:
                var state = _batchNorms[node] = StateFor(normalize, from);
                var counter = context.Trained.BatchCounter(normalize.Name);
                steps.Add([input, residual, output], () => new BatchNormStep(name, _memory, _path, to, state, counter, node.Range, input.Slot, residual?.Slot, output.Slot));
                break;
            case Clamp clamp:
                float[] ones = Filled(to[1], 1), zeros = Filled(to[1], 0);
                steps.Add([input, output], () => new AffineStep(name, _memory, _path, to, ones, zeros, clamp.Range, input.Slot, output.Slot));
                break;
            case Add:
                var other = MapOf(node.Inputs[1]);
                steps.Add([input, other, output], () => new AdditionStep(name, _memory, _path, to, node.Range, input.Slot, other.Slot, output.Slot));
                break;
            case MaxPool pool:
                steps.Add([input, output], () => new MaxPoolStep(name, _memory, _path, from, to, pool.GeometryFor(from), input.Slot, output.Slot));
                break;
            case NearestUpsample upsample:
                steps.Add([input, output], () => new NearestStep(name, _memory, _path, from, to, upsample.Scale, input.Slot, output.Slot));
                break;
            case BilinearUpsample upsample:
                steps.Add([input, output], () => new BilinearStep(name, _memory, _path, from, to, upsample.AlignCorners, input.Slot, output.Slot));
                break;
            case SoftArgMax locate:
                steps.Add([input, output], () => new SoftArgMaxStep(name, _memory, locate, from, input.Slot, output.Slot));
                break;
            default:
                throw new NotSupportedException($"{node.Operation} cannot be trained.");
        }
    }

    private BatchNormState StateFor(BatchNormalize normalize, Shape map)
    {
        bool usesBatch = !context.Options.FreezeStatistics && !context.Options.IsFrozen(normalize.Name);
        if (usesBatch && map[0] * map[2] * map[3] < 2)
            throw new ArgumentException($"{normalize}: the input {map} has one value a channel; the statistics of a batch need two or more.");
        return new BatchNormState(normalize, usesBatch, context.Options.BatchNormMomentum);
    }

    private static float[] Filled(int channels, float value)
    {
        float[] values = new float[Tensors.Kernels.BlockedLayout.Blocks(channels) * Tensors.Kernels.BlockedLayout.Lanes];
        values.AsSpan().Fill(value);
        return values;
    }
}
