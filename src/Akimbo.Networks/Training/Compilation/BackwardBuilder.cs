using Akimbo.Networks.Inference;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Training.Steps;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>
/// Compiles the backward pass: from the last node to the first, each turns the gradient of its output into gradients of what it
/// read and of its parameters. A gradient that several nodes contribute to grows by a new map each time, the last one being
/// whole when its own node comes: every map is written once, so that one may stand for several values.
/// </summary>
internal sealed class BackwardBuilder
{
    private readonly Graph _graph;
    private readonly ForwardBuilder _forward;
    private readonly CompilationContext _context;
    private readonly ProgramMemory _memory;
    private readonly SimdPath _path;
    private readonly StepList _steps;
    private readonly Dictionary<Value, Map> _gradients = [];
    private readonly Dictionary<Value, Map> _again = [];
    private readonly HashSet<Value> _wanted = [];
    private readonly HashSet<TrainedParameter> _written = [];
    private readonly Dictionary<TrainingNode, RepackedKernel> _inputGradients = [];

    public BackwardBuilder(Graph graph, ForwardBuilder forward, CompilationContext context, StepList steps)
    {
        (_graph, _forward, _context, _memory, _path, _steps) = (graph, forward, context, context.Memory, context.Path, steps);
    }

    /// <summary>Adds the steps.</summary>
    /// <param name="outputGradients">The gradients of the graph's outputs.</param>
    /// <param name="inputGradient">Where the gradient by the input goes, or null.</param>
    public void Build(IReadOnlyList<Tensor> outputGradients, Tensor? inputGradient)
    {
        if (inputGradient is not null) _wanted.Add(_graph.Input);
        foreach (var node in _forward.Nodes)
            if (node.Reads.Any(_wanted.Contains) || node.Operation.Parameters.Any(parameter => _context.Trained.Of(parameter) is not null)) _wanted.Add(node.Output);
        foreach (var node in _forward.Nodes)
            if (node.Operation is Convolve convolve && _wanted.Contains(node.Inputs[0])
                && RepackedKernel.InputGradient(_path, convolve.GeometryFor(node.Inputs[0].Shape), _context.Options.UsesWinograd, _context.Threads) is { } kernel) _inputGradients.Add(node, kernel);

        (RepackedKernel, Convolve, bool)[] kernels = [.. _inputGradients.Select(entry => (entry.Value, (Convolve)entry.Key.Operation, false))];
        if (kernels.Length > 0) _steps.Add([], () => new RepackStep(_memory, kernels));
        for (int i = 0; i < outputGradients.Count; i++) AddOutput(_graph.Outputs[i], outputGradients[i]);

        foreach (var node in _forward.Nodes.Reverse())
            if (_gradients.Remove(node.Output, out var gradient)) AddNode(node, gradient);
        if (inputGradient is not null && _gradients.TryGetValue(_graph.Input, out var map))
            _steps.Add([map], () => new UnblockingStep(_memory, map.Slot, inputGradient));
    }

    private void AddOutput(Value output, Tensor gradient)
    {
        if (!_wanted.Contains(output)) return;
        var map = new Map(gradient.Shape);
        _steps.Add([map], () => new OutputGradientStep(_memory, gradient, map.Slot));
        Share(output, map);
    }

    private void AddNode(TrainingNode node, Map gradient)
    {
        string name = node.ToString();
        var input = node.Inputs[0];
        Shape from = input.Shape, to = node.Output.Shape;
        if (node.IsActivated && node.Operation is not BatchNormalize) gradient = BeforeActivation(node, gradient);
        switch (node.Operation)
        {
            case Convolve convolve:
                if (node.Residual is not null) Share(node.Residual, gradient);
                AddConvolution(node, convolve, gradient);
                break;
            case BatchNormalize normalize:
                AddBatchNorm(node, normalize, gradient);
                break;
            case Add:
                foreach (var addend in node.Inputs) Share(addend, gradient);
                break;
            case Clamp clamp:
                var clamped = _forward.MapOf(node.Output);
                Contribute(input, [clamped, gradient], (addend, target) => new ClampGradientStep(name, _memory, _path, to, clamp.Range, clamped.Slot, gradient.Slot, addend, target));
                break;
            case MaxPool pool:
                Map pooled = _forward.MapOf(node.Output), source = MapOf(input);
                Contribute(input, [source, pooled, gradient], (addend, target) =>
                    new MaxPoolGradientStep(name, _memory, _path, from, to, pool.GeometryFor(from), source.Slot, pooled.Slot, gradient.Slot, addend, target));
                break;
            case NearestUpsample upsample:
                Contribute(input, [gradient], (addend, target) => new NearestGradientStep(name, _memory, _path, from, to, upsample.Scale, gradient.Slot, addend, target));
                break;
            case BilinearUpsample upsample:
                Contribute(input, [gradient], (addend, target) => new BilinearGradientStep(name, _memory, _path, from, to, upsample.AlignCorners, gradient.Slot, addend, target));
                break;
            case SoftArgMax locate:
                var map = _forward.MapOf(input);
                Contribute(input, [map, gradient], (addend, target) => new SoftArgMaxGradientStep(name, _memory, locate, from, map.Slot, gradient.Slot, addend, target));
                break;
            default:
                throw new NotSupportedException($"{node.Operation} cannot be trained.");
        }
    }

    private void AddConvolution(TrainingNode node, Convolve convolve, Map gradient)
    {
        string name = node.ToString();
        var geometry = convolve.GeometryFor(node.Inputs[0].Shape);
        var input = _forward.ReadsPlanarInput(node) ? _forward.InputOf(node) : MapOf(node.Inputs[0]);
        GradientTarget? weight = TargetOf(convolve.Weight), bias = TargetOf(convolve.Bias);
        if (weight is { } target)
        {
            if (geometry.IsDepthwise)
            {
                _steps.Add([input, gradient], () => new DepthwiseWeightGradientStep(name, _memory, _path, geometry, input.Slot, gradient.Slot, target));
            }
            else if (geometry.Transposed)
            {
                AddWeightGradient(name, new WeightGradient(RepackedKernel.ConvolutionOf(geometry), _path, readsPlanarInput: false), input: gradient, outputGradient: input, target, bias: null);
            }
            else if (_context.Options.UsesWinograd && WinogradWeightGradient.IsFaster(geometry))
            {
                AddWinogradGradient(name, new WinogradWeightGradient(geometry, _path), input, gradient, target, bias);
                bias = null;
            }
            else
            {
                AddWeightGradient(name, new WeightGradient(geometry, _path, _forward.ReadsPlanarInput(node)), input, gradient, target, bias);
                bias = null;
            }
        }

        if (bias is { } left)
            _steps.Add([gradient], () => new BiasGradientStep(name, _memory, _path, geometry.Batch, geometry.OutChannels, geometry.OutHeight * geometry.OutWidth, gradient.Slot, left));

        if (_inputGradients.TryGetValue(node, out var kernel))
            Contribute(node.Inputs[0], [gradient], (addend, into) => new ConvolutionStep(name, _memory, kernel.Kernel, gradient.Slot, addend, into));
        else
            Contribute(node.Inputs[0], [gradient], (addend, into) => new DepthwiseInputGradientStep(name, _memory, _path, geometry, convolve.Weight, gradient.Slot, addend, into));
    }

    private void AddWeightGradient(string name, WeightGradient kernel, Map input, Map outputGradient, GradientTarget weight, GradientTarget? bias)
    {
        var sums = new Map(kernel.SumsLength);
        _steps.Add([input, outputGradient, sums], () => new WeightGradientStep(name, _memory, kernel, input.Slot, outputGradient.Slot, sums.Slot));
        _steps.Add([sums], () => new WeightGradientReduceStep(name, _memory, kernel, sums.Slot, weight, bias));
    }

    private void AddWinogradGradient(string name, WinogradWeightGradient kernel, Map input, Map outputGradient, GradientTarget weight, GradientTarget? bias)
    {
        Map operands = new(kernel.OperandsLength), sums = new(kernel.SumsLength);
        for (int i = 0; i < kernel.Segments; i++)
        {
            int segment = i;
            _steps.Add([input, outputGradient, operands], () => new WinogradGradientTransformStep(name, _memory, kernel, segment, input.Slot, outputGradient.Slot, operands.Slot));
            _steps.Add([operands, sums], () => new WinogradGradientStep(name, _memory, kernel, segment, operands.Slot, sums.Slot));
        }

        _steps.Add([sums], () => new WeightGradientReduceStep(name, _memory, kernel, sums.Slot, weight, bias));
    }

    private void AddBatchNorm(TrainingNode node, BatchNormalize normalize, Map gradient)
    {
        var state = _forward.StateOf(node);
        Map input = _forward.MapOf(node.Inputs[0]);
        var output = node.IsActivated && node.Residual is not null ? _forward.MapOf(node.Output) : null;
        bool wantsInput = _wanted.Contains(node.Inputs[0]), wantsResidual = node.Residual is not null && _wanted.Contains(node.Residual);
        var residual = wantsResidual && node.IsActivated ? new Map(node.Output.Shape) : null;
        var addend = _gradients.GetValueOrDefault(node.Inputs[0]);
        var target = wantsInput || residual is not null ? new Map(node.Inputs[0].Shape) : null;
        GradientTarget? weight = TargetOf(normalize.Weight), bias = TargetOf(normalize.Bias);
        _steps.Add([input, output, gradient, addend, target, residual], () => new BatchNormGradientStep(node.ToString(), _memory, _path, node.Output.Shape, state, node.Range,
            new(input.Slot, output?.Slot, gradient.Slot, addend?.Slot, target?.Slot, residual?.Slot, weight, bias)));
        if (wantsInput) _gradients[node.Inputs[0]] = target!;
        if (wantsResidual) Share(node.Residual!, residual ?? gradient);
    }

    /// <summary>Where a value of the forward pass lies; what a BatchNorm gave is computed again where memory is to be saved.</summary>
    private Map MapOf(Value value)
    {
        if (!_context.Options.SavesMemory || _forward.BatchNormOf(value) is not { } node) return _forward.MapOf(value);
        if (_again.TryGetValue(value, out var map)) return map;
        Map again = _again[value] = new Map(value.Shape), input = _forward.MapOf(node.Inputs[0]);
        _steps.Add([input, again], () => new BatchNormAgainStep(node.ToString(), _memory, _path, value.Shape, _forward.StateOf(node), node.Range, input.Slot, again.Slot));
        return again;
    }

    /// <summary>The gradient before a fused activation.</summary>
    private Map BeforeActivation(TrainingNode node, Map gradient)
    {
        Map output = _forward.MapOf(node.Output), before = new(node.Output.Shape);
        _steps.Add([output, gradient, before], () => new ClampGradientStep(node.ToString(), _memory, _path, node.Output.Shape, node.Range, output.Slot, gradient.Slot, addend: null, before.Slot));
        return before;
    }

    /// <summary>Adds a step that writes a gradient, together with what that already is.</summary>
    private void Contribute(Value value, IReadOnlyList<Map> reads, Func<MapSlot?, MapSlot, Step> make)
    {
        if (!_wanted.Contains(value)) return;
        var addend = _gradients.GetValueOrDefault(value);
        var target = _gradients[value] = new Map(value.Shape);
        _steps.Add([.. reads, addend, target], () => make(addend?.Slot, target.Slot));
    }

    /// <summary>Adds a gradient that a value shares with another.</summary>
    private void Share(Value value, Map gradient)
    {
        if (!_wanted.Contains(value)) return;
        if (!_gradients.TryAdd(value, gradient))
        {
            if (!MemoryPlan.IsBlocked(value.Shape)) throw new NotSupportedException($"{value} is given out twice; only maps [N, C, H, W] may be.");
            Map before = _gradients[value], sum = _gradients[value] = new Map(value.Shape);
            _steps.Add([before, gradient, sum], () => new AdditionStep("Gradient", _memory, _path, value.Shape, ActivationRange.None, before.Slot, gradient.Slot, sum.Slot));
        }
    }

    private GradientTarget? TargetOf(Parameter? parameter) => _context.Trained.Of(parameter) is { } trained ? new GradientTarget(trained, IsLater: !_written.Add(trained)) : null;
}
