package io.github.deepcut.bench.step;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.Batchifier;

/** The same step as a user of DJL would write it: its {@code BertBlock}, a linear head, AdamW. */
final class DjlStep implements Timed {
  private final Trainer trainer;
  private final io.github.deepcut.bench.step.Shape shape;

  DjlStep(io.github.deepcut.bench.step.Shape shape) {
    this.shape = shape;
    BertBlock bert =
        BertBlock.builder()
            .optTransformerBlockCount(shape.layers())
            .optEmbeddingSize(shape.hidden())
            .optAttentionHeadCount(shape.heads())
            .optHiddenSize(shape.wide())
            .setTokenDictionarySize(shape.vocabulary())
            .optMaxSequenceLength(shape.tokens())
            .build();
    SequentialBlock block =
        new SequentialBlock()
            .add(bert)
            .add(new LambdaBlock(out -> new NDList(out.get(1)))) // the pooled [CLS]
            .add(Linear.builder().setUnits(2).build());
    Model model = Model.newInstance("step");
    model.setBlock(block);
    var config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(Optimizer.adamW().build());
    trainer = model.newTrainer(config);
    Shape ids = new Shape(shape.rows(), shape.tokens());
    trainer.initialize(ids, ids, ids);
  }

  @Override
  public void once() {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      int rows = shape.rows();
      int tokens = shape.tokens();
      NDList data =
          new NDList(
              manager.randomInteger(
                  0,
                  shape.vocabulary(),
                  new Shape(rows, tokens),
                  ai.djl.ndarray.types.DataType.INT64),
              manager.zeros(new Shape(rows, tokens), ai.djl.ndarray.types.DataType.INT64),
              manager.ones(new Shape(rows, tokens), ai.djl.ndarray.types.DataType.INT64));
      NDList labels =
          new NDList(manager.zeros(new Shape(rows), ai.djl.ndarray.types.DataType.INT64));
      try (Batch batch =
          new Batch(manager, data, labels, rows, Batchifier.STACK, Batchifier.STACK, 0, 1)) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
      }
    }
  }
}
